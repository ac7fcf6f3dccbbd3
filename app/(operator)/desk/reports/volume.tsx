import { useTranslations } from "next-intl";
import { Bars } from "#app/_ui/bars.tsx";
import { requestKinds, type MonthNumbers } from "#lib/reports/numbers.ts";
import { useMonthWords } from "./month-words.ts";
import { Numbers } from "./numbers.tsx";

/** Requests received, by month and kind. */
export function Volume({ months }: { readonly months: readonly MonthNumbers[] }) {
  const t = useTranslations("reports");
  const words = useMonthWords();
  const received = (month: MonthNumbers) => requestKinds.map((kind) => month.byKind[kind].received);
  const count = months.flatMap(received).reduce((sum, each) => sum + each, 0);
  const columns = [{ key: "month", label: t("month") }, ...requestKinds.map((kind) => ({ key: kind, label: t(`kind.${kind}`), numeric: true }))];
  return (
    <Bars
      id="volume"
      title={t("volume.title")}
      summary={t("volume.summary", { count })}
      groups={months.map(({ month }) => words.short(month))}
      series={requestKinds.map((kind) => ({ name: t(`kind.${kind}`), values: months.map((month) => month.byKind[kind].received) }))}
    >
      <Numbers caption={t("volume.title")} columns={columns} rows={months.map((month) => ({ key: month.month, cells: [words.whole(month.month), ...received(month)] }))} />
    </Bars>
  );
}
