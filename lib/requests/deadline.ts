import type { EnquiryAbout } from "#lib/db/generated/enums.ts";
import type { StopKind } from "./jurisdictions.ts";
import { dayOf, endOf, localDay, nextWorkingDay } from "./working-days.ts";

/**
 * The legal clock. Art. 12(3) GDPR: one month from receipt; Regulation 1182/71 Art. 3: the day of receipt
 * is not counted, the period ends with the same date of the next month, or with that month's last day
 * where the date is missing; if that is a Saturday, Sunday or public holiday, with the next working day.
 * The UK comes to the same date by another path. What may stop it: jurisdictions.ts.
 */
export interface Seat {
  /** IANA zone of the controller. */
  readonly timeZone: string;
  /** "DE", "GB/ENG": country, optional state, as date-holidays names them. */
  readonly holidays: string;
}

/** From the question to its end; `to` null: the clock stands still. */
export interface Stop {
  readonly kind: StopKind;
  /** What was asked; it changes no date. */
  readonly about?: EnquiryAbout;
  readonly from: Date;
  readonly to: Date | null;
}

/** All that moves the date. `stops` one after the other, oldest first. */
export interface History {
  readonly receivedAt: Date;
  /** Two months more: three from the start, never from a rolled or moved date. */
  readonly extended: boolean;
  readonly stops: readonly Stop[];
}

/** A stop in local days. `days`: those that are added to the period; none of a restart, or while it lasts. */
export interface Segment {
  readonly kind: StopKind;
  readonly from: string;
  readonly to: string | null;
  readonly days: number;
}

/** Days as YYYY-MM-DD in the controller's zone. */
export interface Clock {
  readonly received: string;
  /** The day the months count from: of receipt, or of the last restart. */
  readonly start: string;
  readonly months: 1 | 3;
  /** So many calendar months later, or that month's last day. */
  readonly counted: string;
  /** The last pauses together: those before a restart count no more. */
  readonly days: number;
  /** `counted` and `days` later. */
  readonly raw: string;
  readonly segments: readonly Segment[];
  readonly running: boolean;
}

/** Days as YYYY-MM-DD in the controller's zone. */
export interface Due {
  /** The day the months count from. */
  readonly start: string;
  /** The end of the period, before weekends and holidays. */
  readonly raw: string;
  /** The last day: a working day. */
  readonly due: string;
  /** 24:00 local of that day. */
  readonly dueAt: Date;
}

/** The clock without the holidays. */
export function readClock({ receivedAt, extended, stops }: History, timeZone: string): Clock {
  const received = localDay(receivedAt, timeZone);
  const last = stops.findLastIndex(({ kind, to }) => kind === "restart" && to !== null);
  const restarted = stops[last]?.to;
  const start = restarted ? localDay(restarted, timeZone) : received;
  const segments = stops.map(({ kind, from, to }, index): Segment => {
    const [first, end] = [localDay(from, timeZone), to ? localDay(to, timeZone) : null];
    const days = kind === "pause" && end && index > last ? first.until(end, { largestUnit: "day" }).days : 0;
    return { kind, from: first.toString(), to: end?.toString() ?? null, days };
  });
  const days = segments.reduce((sum, segment) => sum + segment.days, 0);
  const months = extended ? 3 : 1;
  const counted = start.add({ months });
  return {
    received: received.toString(), start: start.toString(), months, counted: counted.toString(), days,
    raw: counted.add({ days }).toString(), segments, running: stops.every(({ to }) => to !== null),
  };
}

/** When the answer is due; null while the clock stands still: then there is no date. */
export function dueOf(history: History, seat: Seat): Due | null {
  const { start, raw, running } = readClock(history, seat.timeZone);
  if (!running) return null;
  const due = nextWorkingDay(dayOf(raw), seat.holidays);
  return { start, raw, due: due.toString(), dueAt: endOf(due, seat.timeZone) };
}

/** Of a request nothing has happened to yet, or of one that was extended and nothing else. */
export function legalDue(receivedAt: Date, seat: Seat, months: 1 | 3 = 1): Due {
  const due = dueOf({ receivedAt, extended: months === 3, stops: [] }, seat);
  if (!due) throw new Error("a clock without stops runs");
  return due;
}

/** Whole days from today to `due`, both local days: 0 on the last day, negative once it has passed. */
export function daysLeft(due: string, now: Date, timeZone: string): number {
  return localDay(now, timeZone).until(due, { largestUnit: "day" }).days;
}
