import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { current } from "#app/_server/current.ts";
import { turnAway } from "#app/_server/guard.ts";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { Page, Prose, Section } from "#app/_ui/page.tsx";
import { publicContext } from "#lib/runtime/web.ts";
import { Offers } from "./offers.tsx";

interface Props {
  /** out: just signed out, here ("this") or everywhere ("all"). */
  readonly searchParams: Promise<{ out?: string }>;
}

/** For people who are not signed in; everybody else has a page of their own. */
export default async function HomePage({ searchParams }: Props) {
  const { out } = await searchParams;
  const found = await current();
  if (found.kind === "open" || found.kind === "checking") redirect("/privacy");
  if (found.kind === "refused") return await turnAway(found);
  const t = await getTranslations("public.home");
  const intake = await getTranslations("intake.ask");
  const { policy } = await publicContext();
  const { controller, serverName, dpoMail, authority } = policy;
  return (
    <Page title={t("title")} lead={t.rich("lead", { controller: controller.name, server: () => <bdi>{serverName}</bdi> })}>
      {out === "this" || out === "all" ? <Notice tone="success" title={t(`out.${out}`)} live /> : null}
      <Offers days={policy.graceDays} />
      <div>
        <ButtonLink href="/sign-in">{t("signIn")}</ButtonLink>
      </div>
      <Section id="stop" title={t("stop.title")}>
        <Prose>
          <p>
            {t.rich("stop.text", {
              stop: (words) => <Link key="s" href="/stop" prefetch={false}>{words}</Link>,
              certificate: (words) => <Link key="c" href="/certificate" prefetch={false}>{words}</Link>,
            })}
          </p>
        </Prose>
      </Section>
      <Section id="without" title={t("without.title")}>
        <Prose>
          <p>{intake.rich("link", { ask: (words) => <Link key="a" href="/ask-without-account" prefetch={false}>{words}</Link> })}</p>
          <p>{t.rich("without.text", { mail: () => <a href={`mailto:${dpoMail}`}>{dpoMail}</a> })}</p>
          <p>
            {t.rich("without.post", { controller: controller.name, address: controller.address })}{" "}
            {t.rich("without.authority", { authority: () => <a href={authority.url}>{authority.name}</a> })}
          </p>
        </Prose>
      </Section>
    </Page>
  );
}
