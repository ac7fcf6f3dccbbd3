/** A language alone would mean its largest country: 14 December rather than December 14 for English. */
const regions: Readonly<Record<string, string>> = { en: "en-GB" };

/** Dates as people of a language write them. Instants in `timeZone`, which is named with the time of day; calendar days in none. */
export function dateWords(locale: string, timeZone = "UTC") {
  const region = regions[locale] ?? locale;
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(region, options);
  const long = { day: "numeric", month: "long", year: "numeric" } as const;
  return {
    day: (at: Date) => format({ ...long, timeZone }).format(at),
    shortDay: (at: Date) => format({ ...long, month: "short", timeZone }).format(at),
    moment: (at: Date) => format({ ...long, hour: "2-digit", minute: "2-digit", timeZoneName: "short", timeZone }).format(at),
    /** @param day YYYY-MM-DD */
    calendarDay: (day: string) => format({ ...long, timeZone: "UTC" }).format(new Date(day)),
    shortCalendarDay: (day: string) => format({ ...long, month: "short", timeZone: "UTC" }).format(new Date(day)),
  };
}

/**
 * "in 23 days", "in 30 hours": from `from` to `to`, calendar days as the zone counts them, so that it agrees with the date
 * beside it; from two days on in days, below in hours, in the last two hours in minutes.
 */
export function timeAhead(locale: string, timeZone: string, from: Date, to: Date): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const left = Math.max(0, to.getTime() - from.getTime());
  const dayOf = (at: Date) => Date.parse(new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(at));
  const days = Math.round((dayOf(to) - dayOf(from)) / 86_400_000);
  if (days >= 2) return format.format(days, "day");
  if (left >= 2 * 3_600_000) return format.format(Math.floor(left / 3_600_000), "hour");
  return format.format(Math.ceil(left / 60_000), "minute");
}
