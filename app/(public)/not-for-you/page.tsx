import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Page, Prose, Section } from "#app/_ui/page.tsx";
import { isRefused } from "#lib/auth/standing.ts";
import { publicContext } from "#lib/runtime/web.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("public.notForYou");
  return { title: t("title") };
}

/** For accounts that may not use the portal: why, and the other way to the same rights. The session is over by now. */
export default async function NotForYouPage({ searchParams }: { readonly searchParams: Promise<{ why?: string }> }) {
  const { why = "" } = await searchParams;
  const t = await getTranslations("public.notForYou");
  const intake = await getTranslations("intake.ask");
  const { policy } = await publicContext();
  const state = isRefused(why) ? why : "unknown";
  return (
    <Page title={t("title")} lead={t(`why.${state}`, { server: policy.serverName })}>
      {state === "deactivated" ? (
        <Prose>
          <p>{t.rich("deleted", { link: (words) => <Link key="l" href="/certificate" prefetch={false}>{words}</Link> })}</p>
        </Prose>
      ) : null}
      {state === "locked" || state === "deactivated" ? (
        <p>{intake.rich("link", { ask: (words) => <Link key="a" href="/ask-without-account" prefetch={false}>{words}</Link> })}</p>
      ) : null}
      <Section id="rights" title={t("rights.title")}>
        <Prose>
          <p>{t.rich("rights.text", { mail: () => <a href={`mailto:${policy.dpoMail}`}>{policy.dpoMail}</a>, controller: policy.controller.name, address: policy.controller.address })}</p>
          <p>{t("rights.say")}</p>
          <p>{t("rights.time")}</p>
          <p>{t.rich("rights.authority", { authority: () => <a href={policy.authority.url}>{policy.authority.name}</a> })}</p>
        </Prose>
      </Section>
      <p>{t("out")}</p>
    </Page>
  );
}
