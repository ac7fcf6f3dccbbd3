import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Bars } from "#app/_ui/bars.tsx";
import { dateWords } from "#app/_ui/dates.ts";
import type { Dashboard } from "#lib/reports/view-dashboard.ts";
import { Numbers } from "./numbers.tsx";

/** Open cases by the week they are due in, what is overdue first. */
export function DueWeeks({ weeks }: { readonly weeks: Dashboard["dueWeeks"] }) {
  const t = useTranslations("reports.open");
  const locale = useLocale();
  const dates = dateWords(locale);
  const underBar = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, { day: "numeric", month: "short", timeZone: "UTC" });
  const count = weeks.reduce((sum, week) => sum + week.count, 0);
  const late = weeks.find(({ week }) => week === null)?.count ?? 0;
  const name = (week: string | null) => (week === null ? t("overdue") : dates.calendarDay(week));
  const short = (week: string | null) => (week === null ? t("late") : underBar.format(new Date(week)));
  const columns = [{ key: "week", label: t("week") }, { key: "count", label: t("count"), numeric: true }];
  return (
    <Bars
      id="due-weeks"
      title={t("title")}
      summary={`${t("summary", { count })} ${t("lateSummary", { count: late })}`}
      groups={weeks.map(({ week }) => short(week))}
      series={[{ name: t("count"), values: weeks.map((week) => week.count) }]}
    >
      <p>
        <Link href="/desk" prefetch={false}>
          {t("see")}
        </Link>
      </p>
      <Numbers caption={t("title")} columns={columns} rows={weeks.map((week) => ({ key: week.week ?? "late", cells: [name(week.week), week.count] }))} />
    </Bars>
  );
}
