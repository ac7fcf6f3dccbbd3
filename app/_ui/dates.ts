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
