import { getTranslations } from "next-intl/server";
import { LiveProgress } from "./live-progress.tsx";
import { progressWords } from "./progress-words.ts";
import type { RequestView } from "#lib/requests/views.ts";

/** How far the build is. With script it looks again by itself; without, the page is loaded again. */
export async function Building({ request }: { readonly request: RequestView }) {
  const t = await getTranslations("requests.progress");
  return (
    <div>
      <LiveProgress path={`/requests/${request.reference}/progress`} first={await progressWords(request)} done={t("done")} lost={t("lost")} />
      <noscript>
        <meta httpEquiv="refresh" content="15" />
        <p>{t("refresh")}</p>
      </noscript>
    </div>
  );
}
