import { useLocale, useTimeZone } from "next-intl";
import { dateWords } from "./dates.ts";

/** An instant in words, in the zone next-intl is set to; with the time of day the zone is named. */
export function When({ at, day = false }: { readonly at: Date | string; readonly day?: boolean }) {
  const words = dateWords(useLocale(), useTimeZone());
  const instant = new Date(at);
  return <time dateTime={instant.toISOString()}>{day ? words.day(instant) : words.moment(instant)}</time>;
}
