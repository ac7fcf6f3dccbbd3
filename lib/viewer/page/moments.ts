/** Dates and numbers as the reader's language writes them, in the reader's own time zone. */
export interface Moments {
  day(at: number): string;
  /** Differs exactly when the day does. */
  dayKey(at: number): string;
  time(at: number): string;
  moment(at: number): string;
  date(at: number): string;
  /** Two days, or the one they both are. */
  period(from: number, to: number): string;
  number(value: number): string;
  bytes(value: number): string;
}

const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

export function moments(locale: string): Moments {
  // Bare "en" would mean month before day, which most of those who read it would mistake.
  const region = locale === "en" ? "en-GB" : locale;
  const format = (options: Intl.DateTimeFormatOptions) => {
    const made = new Intl.DateTimeFormat(region, options);
    return (at: number) => made.format(at);
  };
  const short = new Intl.DateTimeFormat(region, { day: "numeric", month: "short", year: "numeric" });
  const numbers = new Intl.NumberFormat(locale);
  return {
    day: format({ weekday: "long", day: "numeric", month: "long", year: "numeric" }),
    dayKey: format({ day: "numeric", month: "numeric", year: "numeric" }),
    time: format({ hour: "2-digit", minute: "2-digit" }),
    moment: format({ day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" }),
    date: (at) => short.format(at),
    period: (from, to) => short.formatRange(from, to),
    number: (value) => numbers.format(value),
    bytes(value) {
      const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3));
      const unit = units[power] ?? "byte";
      return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: power === 0 ? "long" : "short", maximumFractionDigits: power > 1 ? 1 : 0 }).format(value / 1000 ** power);
    },
  };
}

/** Whether a calendar has the moment: senders choose theirs. */
export function sensible(at: number | null): at is number {
  return at !== null && at >= 0 && at <= 253_402_300_799_999;
}
