import { useLocale } from "next-intl";
import { dateWords } from "./dates.ts";

/** A calendar day (YYYY-MM-DD) in words; it belongs to no zone. */
export function Day({ day }: { readonly day: string }) {
  return <time dateTime={day}>{dateWords(useLocale()).calendarDay(day)}</time>;
}
