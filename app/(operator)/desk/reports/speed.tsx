import { useTranslations } from "next-intl";
import { Bars } from "#app/_ui/bars.tsx";
import type { MonthNumbers } from "#lib/reports/numbers.ts";
import { useMonthWords } from "./month-words.ts";
import { Numbers } from "./numbers.tsx";

/** Days from receipt to the first answer, by the month of the answer. */
export function Speed({ months }: { readonly months: readonly MonthNumbers[] }) {
  const t = useTranslations("reports");
  const words = useMonthWords();
  const sum = (of: (month: MonthNumbers) => number) => months.reduce((all, month) => all + of(month), 0);
  const answered = sum(({ speed }) => speed.answered);
  const columns = (["month", "speed.median", "speed.p90", "byKind.answered", "speed.late"] as const).map((key, index) => ({ key, label: t(key), numeric: index > 0 }));
  return (
    <Bars
      id="speed"
      title={t("speed.title")}
      summary={[t("speed.summary", { count: answered }), ...(answered > 0 ? [t("speed.lateSummary", { count: sum(({ speed }) => speed.late) })] : []), t("speed.about")].join(" ")}
      groups={months.map(({ month }) => words.short(month))}
      series={[
        { name: `${t("speed.median")} (${t("speed.daysUnit")})`, values: months.map(({ speed }) => speed.median) },
        { name: `${t("speed.p90")} (${t("speed.daysUnit")})`, values: months.map(({ speed }) => speed.p90) },
      ]}
    >
      <Numbers
        caption={t("speed.title")}
        columns={columns}
        rows={months.map(({ month, speed }) => ({ key: month, cells: [words.whole(month), speed.median ?? "–", speed.p90 ?? "–", speed.answered, speed.late] }))}
      />
    </Bars>
  );
}
