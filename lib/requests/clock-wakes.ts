import { dueOf, type Seat } from "./deadline.ts";
import { record, type Own } from "./effect.ts";
import { stopsOf } from "./enquiry.ts";
import type { EventType } from "./events.ts";
import type { RequestFacts } from "./facts.ts";
import { toOfficer, type LetterOrder } from "./letter-orders.ts";
import { day, nextReminder, unansweredAfter, untoldAfter } from "./timing.ts";

type Asked = Pick<RequestFacts, "receivedAt" | "dueAt" | "clock">;

/** When a request that waits for an operator must be looked at again; null when its date has passed and all was told. */
export function nextLook(request: Asked, event: EventType, now: Date, seat: Seat): Date | null {
  const { dueAt, clock } = request;
  if (clock.pausedAt) return new Date(clock.pausedAt.getTime() + (sent(clock.pausedAt, now) + 1) * unansweredAfter);
  // The clock runs again and is over already: the officer is told now.
  if ((event === "answered" || event === "enquiry_ended") && dueAt <= now) return now;
  const looks = [nextReminder(dueAt, now), ...untoldLooks(request, seat)].filter((at) => at !== null && at > now) as Date[];
  return looks.length > 0 ? new Date(Math.min(...looks.map(Number))) : null;
}

/** The clock stands still and nobody answers: told again and again, so that no pause is silent (inv. I10). */
export function unanswered(pausedAt: Date, now: Date): Own {
  const times = sent(pausedAt, now);
  if (times < 1) return {};
  const days = Math.floor((now.getTime() - pausedAt.getTime()) / day);
  return { audit: [record("reminded", "clock", null, { days, unanswered: true })], letters: toOfficer("dpo-unanswered", `${pausedAt.toISOString()} ${times}`) };
}

/**
 * An extension holds from the moment it is written, its letter with it; the law wants it told before the first period is
 * over. Where no channel has taken the letter the officer is told: early enough to write by another way, and once more when
 * the period is over, since the extension may not stand then.
 */
export function toldTooLate(request: Asked, now: Date, seat: Seat): LetterOrder[] {
  const [early, late] = untoldLooks(request, seat);
  if (late && late <= now) return toOfficer("dpo-untold", "late");
  return early && early <= now ? toOfficer("dpo-untold") : [];
}

function untoldLooks({ receivedAt, clock: { extendedAt, extensionTold, enquiries } }: Asked, seat: Seat): readonly Date[] {
  if (!extendedAt || extensionTold) return [];
  const base = dueOf({ receivedAt, extended: false, stops: stopsOf(enquiries) }, seat);
  return [new Date(extendedAt.getTime() + untoldAfter), ...(base ? [base.dueAt] : [])];
}

function sent(pausedAt: Date, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - pausedAt.getTime()) / unansweredAfter));
}
