import { useLocale } from "next-intl";

/** Names of months (YYYY-MM): short under a bar, whole in a table. */
export function useMonthWords() {
  const locale = useLocale();
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
  const [short, whole] = [format({ month: "short" }), format({ month: "long", year: "numeric" })];
  const at = (month: string) => new Date(`${month}-01T00:00:00Z`);
  return { short: (month: string) => short.format(at(month)), whole: (month: string) => whole.format(at(month)) };
}
