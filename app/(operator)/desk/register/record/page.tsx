import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { ButtonRow } from "#app/_ui/button.tsx";
import { Page, Prose, Section } from "#app/_ui/page.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { PrintButton } from "#app/_request/print-button.tsx";
import { asDesk } from "#app/_server/guard.ts";
import { ABSOLUTE_MS, IDLE_MS } from "#lib/auth/lifetime.ts";
import { recordOfProcessing } from "#lib/reports/record-of-processing.ts";
import styles from "../../desk.module.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("register.art30");
  return { title: t("title") };
}

/** Art. 30(1), made from configuration and catalogue; to be printed. */
export default async function RecordPage() {
  const { policy } = await asDesk();
  const t = await getTranslations("register.art30");
  const { title, parts } = recordOfProcessing(policy, await getLocale(), { idle: IDLE_MS / 60_000, hours: ABSOLUTE_MS / 3_600_000 });
  return (
    <div className={styles.desk}>
      <Page wide title={title} lead={t("lead")}>
        <ButtonRow>
          <PrintButton>{t("print")}</PrintButton>
          <Link href="/desk/register/record/file" prefetch={false}>
            {t("json")}
          </Link>
        </ButtonRow>
        {parts.map(({ letter, title: heading, texts, entries }) => (
          <Section key={letter} id={`part-${letter}`} title={heading}>
            <Prose>
              {texts.map((text) => (
                <p key={text}>{text}</p>
              ))}
            </Prose>
            {entries.length > 0 ? <SummaryList dense facts={entries.map(({ term, text }) => ({ key: term, term, value: text }))} /> : null}
          </Section>
        ))}
      </Page>
    </div>
  );
}
