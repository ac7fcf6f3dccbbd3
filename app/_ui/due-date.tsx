import { useFormatter, useTranslations } from "next-intl";

/** Whole days from `today` to `day`, both YYYY-MM-DD in the controller's zone. */
export function daysBetween(today: string, day: string): number {
  return Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000);
}

/** A legal date said twice: "by 14 December 2026 (in 23 days)". Both days are YYYY-MM-DD. */
export function DueDate({ day, today }: { readonly day: string; readonly today: string }) {
  const t = useTranslations("ui");
  const format = useFormatter();
  const words = format.dateTime(new Date(day), { dateStyle: "long", timeZone: "UTC" });
  const days = daysBetween(today, day);
  return <time dateTime={day}>{t("due", { date: words, days, late: -days, when: days < 0 ? "late" : "ahead" })}</time>;
}
