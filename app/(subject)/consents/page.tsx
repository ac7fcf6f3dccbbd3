import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { Page, Prose } from "#app/_ui/page.tsx";
import { dateWords } from "#app/_ui/dates.ts";
import { asSubject } from "#app/_server/guard.ts";
import { viewConsents } from "#lib/consent/view-consents.ts";
import { AskLink } from "./ask-link.tsx";
import { PolicyRow } from "./policy-row.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("consents");
  return { title: t("title") };
}

/** A row a text: where the person stands with it. */
export default async function ConsentsPage() {
  const ctx = await asSubject();
  const locale = await getLocale();
  const { policies, homeserverAsks, objectedAt } = await viewConsents(ctx, locale);
  const t = await getTranslations("consents");
  const { serverName: server, dpoMail: mail, timeZone } = ctx.policy;
  if (policies.length === 0) {
    return (
      <Page title={t("title")}>
        <EmptyState title={t("none.title")}>{t("none.about", { server, mail })}</EmptyState>
        <AskLink />
      </Page>
    );
  }
  return (
    <Page title={t("title")} lead={t("lead", { server })}>
      {policies.map((view) => (
        <PolicyRow key={view.policy} view={view} />
      ))}
      <Prose>
        <AskLink />
        {homeserverAsks ? null : <p>{t("alone", { server })}</p>}
        {objectedAt ? <p>{t("objected", { day: dateWords(locale, timeZone).day(objectedAt) })}</p> : null}
      </Prose>
    </Page>
  );
}
