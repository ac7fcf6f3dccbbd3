import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Page } from "#app/_ui/page.tsx";
import { asDesk } from "#app/_server/guard.ts";
import { viewDashboard } from "#lib/reports/view-dashboard.ts";
import styles from "../desk.module.css";
import { DueWeeks } from "./due-weeks.tsx";
import { Outcomes } from "./outcomes.tsx";
import { Papers } from "./papers.tsx";
import { Speed } from "./speed.tsx";
import { Volume } from "./volume.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("reports");
  return { title: t("title") };
}

/** The year in numbers, and the papers for the management. */
export default async function ReportsPage() {
  const { months, dueWeeks, papers } = await viewDashboard(await asDesk());
  const t = await getTranslations("reports");
  return (
    <div className={styles.desk}>
      <Page wide title={t("title")} lead={t("lead")}>
        <DueWeeks weeks={dueWeeks} />
        <Volume months={months} />
        <Speed months={months} />
        <Outcomes months={months} />
        <Papers papers={papers} />
      </Page>
    </div>
  );
}
