import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Page, Prose, Section } from "#app/_ui/page.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { ABSOLUTE_MS, IDLE_MS } from "#lib/auth/lifetime.ts";
import { toldOf } from "#lib/requests/retention.ts";
import { publicContext } from "#lib/runtime/web.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("public.notice");
  return { title: t("title") };
}

/** Art. 13 for the portal itself; periods come from the configuration, not from this text. */
export default async function PrivacyNoticePage() {
  const [t, signal] = [await getTranslations("public.notice"), await getTranslations("consent.notice")];
  const { policy } = await publicContext();
  const { controller, dpoMail, authority, packageDays, retentionDays, serverName } = policy;
  const kept = [...toldOf(policy), "log"] as const;
  const facts = { packageDays, retentionDays, server: serverName, idle: IDLE_MS / 60_000, hours: ABSOLUTE_MS / 3_600_000 };
  return (
    <Page title={t("title")} lead={t("lead", { server: serverName })}>
      <Section id="who" title={t("who.title")}>
        <Prose>
          <p>
            {controller.name}, {controller.address}
          </p>
          <p>{t.rich("who.dpo", { mail: () => <a href={`mailto:${dpoMail}`}>{dpoMail}</a> })}</p>
        </Prose>
      </Section>
      <Section id="kept" title={t("kept.title")}>
        <SummaryList facts={kept.map((name) => ({ key: name, term: t(`kept.${name}.what`), value: t(`kept.${name}.how`, facts) }))} />
      </Section>
      {(["why", "who-gets", "cookies", "never"] as const).map((name) => (
        <Section key={name} id={name} title={t(`${name}.title`)}>
          <Prose>
            <p>{t(`${name}.text`, facts)}</p>
          </Prose>
        </Section>
      ))}
      <Section id="signal" title={signal("title")}>
        <Prose>
          <p>{signal("text")}</p>
        </Prose>
      </Section>
      <Section id="your-rights" title={t("yours.title")}>
        <Prose>
          <p>{t("yours.text")}</p>
          <p>{t.rich("yours.authority", { authority: () => <a href={authority.url}>{authority.name}</a> })}</p>
        </Prose>
      </Section>
    </Page>
  );
}
