import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { current } from "#app/_server/current.ts";
import { turnAway } from "#app/_server/guard.ts";
import { Notice } from "#app/_ui/notice.tsx";
import { Page } from "#app/_ui/page.tsx";
import { nextPath } from "#lib/auth/next-path.ts";
import { publicContext } from "#lib/runtime/web.ts";
import { LookAgain } from "./look-again.tsx";

/** After this long the person is told that somebody does not answer. */
const SLOW_MS = 30_000;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("public.checking");
  return { title: t("title") };
}

/** The only page open to a session until the worker has read the account. Looks again by itself, also without script. */
export default async function CheckingPage({ searchParams }: { readonly searchParams: Promise<{ next?: string }> }) {
  const next = nextPath((await searchParams).next);
  const found = await current();
  if (found.kind === "ended") redirect(`/sign-in?${new URLSearchParams({ next })}`);
  if (found.kind === "refused") return await turnAway(found);
  if (found.kind === "open") redirect(next);
  const t = await getTranslations("public.checking");
  const { policy, now } = await publicContext();
  const slow = now().getTime() - found.since.getTime() > SLOW_MS;
  return (
    <Page title={t("title")} lead={t("lead", { server: policy.serverName })}>
      <p>{t("text")}</p>
      {slow ? (
        <Notice tone="warning" title={t("slow.title", { server: policy.serverName })} live>
          <p>{t.rich("slow.text", { mail: () => <a href={`mailto:${policy.dpoMail}`}>{policy.dpoMail}</a> })}</p>
        </Notice>
      ) : null}
      <LookAgain seconds={slow ? 10 : 2} />
    </Page>
  );
}
