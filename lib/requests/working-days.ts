import Holidays from "date-holidays";
import { Temporal } from "temporal-polyfill";

/** The calendar day of an instant where the controller sits: never the server's or the browser's. */
export function localDay(at: Date, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
}

export function dayOf(text: string): Temporal.PlainDate {
  return Temporal.PlainDate.from(text);
}

/** The day itself, or the next one that is no Saturday, Sunday or public holiday. */
export function nextWorkingDay(day: Temporal.PlainDate, holidays: string): Temporal.PlainDate {
  let next = day;
  while (!isWorkingDay(next, holidays)) next = next.add({ days: 1 });
  return next;
}

/** 24:00 local: through the zone, so that a change of the clocks cannot move it. */
export function endOf(day: Temporal.PlainDate, timeZone: string): Date {
  return new Date(day.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds);
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

/** 00:00 local of a day. */
export function startOf(day: string, timeZone: string): Date {
  return new Date(dayOf(day).toZonedDateTime(timeZone).epochMilliseconds);
}
