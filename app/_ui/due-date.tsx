import { useLocale, useTranslations } from "next-intl";
import { dateWords } from "./dates.ts";

/** A legal date said twice: "by 14 December 2026 (in 23 days)". Both days are YYYY-MM-DD. */
export function DueDate({ day, today }: { readonly day: string; readonly today: string }) {
  const t = useTranslations("ui");
  const date = dateWords(useLocale()).calendarDay(day);
  const days = Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000);
  return <time dateTime={day}>{t("due", { date, days, late: -days, when: days < 0 ? "late" : "ahead" })}</time>;
}
