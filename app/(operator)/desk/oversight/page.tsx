import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Page, Prose, Section } from "#app/_ui/page.tsx";
import { asDesk } from "#app/_server/guard.ts";
import { viewRetention } from "#lib/requests/view-retention.ts";
import styles from "../desk.module.css";
import { Retention } from "./retention.tsx";
import { Roles } from "./roles.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("oversight");
  return { title: t("title") };
}

/** For those who watch the desk: roles, the audit record, retention. */
export default async function OversightPage() {
  const ctx = await asDesk();
  const t = await getTranslations("oversight");
  return (
    <div className={styles.desk}>
      <Page wide title={t("title")} lead={t("lead")}>
        <Section id="audit" title={t("audit.title")}>
          <Prose>
            <p>{t("audit.lead")}</p>
          </Prose>
          <div>
            <ButtonLink href="/desk/oversight/audit" variant="secondary">
              {t("audit.open")}
            </ButtonLink>
          </div>
        </Section>
        <Roles policy={ctx.policy} />
        <Retention lines={await viewRetention(ctx)} />
      </Page>
    </div>
  );
}
