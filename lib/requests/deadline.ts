import Holidays from "date-holidays";
import { Temporal } from "temporal-polyfill";

/**
 * The legal clock. Art. 12(3) GDPR: one month from receipt; Regulation 1182/71 Art. 3: the day of receipt
 * is not counted, the period ends with the same date of the next month, or with that month's last day
 * where the date is missing; if that is a Saturday, Sunday or public holiday, with the next working day.
 * The UK comes to the same date by another path.
 */
export interface Seat {
  /** IANA zone of the controller. */
  readonly timeZone: string;
  /** "DE", "GB/ENG": country, optional state, as date-holidays names them. */
  readonly holidays: string;
}

/** Days as YYYY-MM-DD in the controller's zone. */
export interface Due {
  /** Local day of receipt. */
  readonly start: string;
  /** One calendar month later. */
  readonly raw: string;
  /** The last day: a working day. */
  readonly due: string;
  /** 24:00 local of that day. */
  readonly dueAt: Date;
}

/** A sentence of the catalogue: `key` under requests.deadline.*; `values` are days as YYYY-MM-DD, to be written out by the page. */
export interface Explanation {
  readonly key: "plain" | "clamped" | "rolled" | "clampedRolled";
  readonly values: { readonly start: string; readonly raw: string; readonly due: string };
}

/** Extensions (n = 3) will count from the same start, never from a rolled date. */
export function legalDue(receivedAt: Date, seat: Seat, months = 1): Due {
  const start = localDay(receivedAt, seat.timeZone);
  const raw = start.add({ months });
  let due = raw;
  while (!isWorkingDay(due, seat.holidays)) due = due.add({ days: 1 });
  const dueAt = new Date(due.add({ days: 1 }).toZonedDateTime(seat.timeZone).epochMilliseconds);
  return { start: start.toString(), raw: raw.toString(), due: due.toString(), dueAt };
}

/** How the stored date came about. The holidays of the day it was stored are not asked again. */
export function explainDue(receivedAt: Date, due: string, timeZone: string): Explanation {
  const start = localDay(receivedAt, timeZone);
  const raw = start.add({ months: 1 });
  const clamped = raw.day !== start.day;
  const rolled = due !== raw.toString();
  const key = clamped ? (rolled ? "clampedRolled" : "clamped") : rolled ? "rolled" : "plain";
  return { key, values: { start: start.toString(), raw: raw.toString(), due } };
}

/** Whole days from today to `due`, both local days: 0 on the last day, negative once it has passed. */
export function daysLeft(due: string, now: Date, timeZone: string): number {
  return localDay(now, timeZone).until(due, { largestUnit: "day" }).days;
}

function localDay(at: Date, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
}

function isWorkingDay(day: Temporal.PlainDate, holidays: string): boolean {
  return day.dayOfWeek < 6 && !publicHolidays(holidays, day.year).has(day.toString());
}

const known = new Map<string, ReadonlySet<string>>();

/** Public holidays only: observances, bank half-days and school holidays do not move a legal period. */
function publicHolidays(place: string, year: number): ReadonlySet<string> {
  const key = `${place} ${year}`;
  const cached = known.get(key);
  if (cached) return cached;
  const [country = "", state] = place.split("/");
  const calendar = state ? new Holidays(country, state, { types: ["public"] }) : new Holidays(country, { types: ["public"] });
  const days = new Set<string>();
  for (const { date, start, end } of calendar.getHolidays(year)) {
    const first = Temporal.PlainDate.from(date.slice(0, 10));
    const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / 86_400_000));
    for (let n = 0; n < length; n += 1) days.add(first.add({ days: n }).toString());
  }
  known.set(key, days);
  return days;
}
