import Link from "next/link";
import { useTranslations } from "next-intl";
import { LookAgain } from "#app/_ui/look-again.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import type { LinkState } from "#lib/consent/view-by-link.ts";

/** After this long the person is told that the homeserver does not answer. */
const slowMs = 30_000;

interface Props {
  readonly state: LinkState;
  readonly server: string;
  readonly now: Date;
  readonly signedIn: boolean;
}

/** How far agreeing has come. Looks again by itself while the homeserver is told, also without script. */
export function Standing({ state, server, now, signedIn }: Props) {
  const t = useTranslations("consent");
  if (state.is === "ask") return null;
  if (state.is === "waiting") {
    const slow = now.getTime() - state.since.getTime() > slowMs;
    return (
      <>
        <Notice tone={slow ? "warning" : "info"} title={t("waiting.title", { server })} live>
          <p>{slow ? t("waiting.slow") : t("waiting.text")}</p>
        </Notice>
        <LookAgain seconds={slow ? 10 : 2} />
      </>
    );
  }
  if (state.is === "failed") {
    return (
      <Notice tone="warning" title={t("failed.title", { server })} live>
        <p>{t("failed.text")}</p>
      </Notice>
    );
  }
  return (
    <Notice tone="success" title={t("done.title")} live>
      <p>{t("done.text")}</p>
      {signedIn ? (
        <p>
          <Link href="/consents" prefetch={false}>
            {t("done.review")}
          </Link>
        </p>
      ) : null}
    </Notice>
  );
}
