import type { RequestState } from "#lib/db/generated/enums.ts";
import type { Seat } from "./deadline.ts";
import { toldTooLate, unanswered } from "./clock-wakes.ts";
import { begin, type Own, record } from "./effect.ts";
import { erasureClock } from "./erasure-effects.ts";
import type { RequestFacts } from "./facts.ts";
import { toOfficer, toPerson } from "./letter-orders.ts";
import { day, maxBuildAttempts, remindDaysBefore, stuckAfter } from "./timing.ts";

/** Time passed: what that means depends on the state alone. */
export function clockEffects(request: RequestFacts, to: RequestState, now: Date, seat: Seat): Own {
  const { state, dueAt, build, downloads, hasMail } = request;
  if (state === "unconfirmed") return { audit: [record("expired", "clock", null)] };
  if (state === "ready") {
    return { audit: [record(to === "fulfilled" ? "fulfilled" : "expired", "clock", null)], letters: downloads === 0 ? toPerson("expired", hasMail) : [] };
  }
  // What rests waits for an operator, and operators are reminded.
  const rests = request.frozenAt !== null || Boolean(request.erasure?.heldAt);
  if (request.erasure && !rests && (state === "grace" || state === "running")) return erasureClock(request, request.erasure, to, now);
  if (state === "running" && !rests) {
    const sign = Math.max(build?.leaseUntil?.getTime() ?? 0, build?.updatedAt?.getTime() ?? 0);
    if (sign + stuckAfter > now.getTime()) return {};
    if ((build?.attempts ?? 0) >= maxBuildAttempts) return { replacedBy: { type: "gave_up", failure: "build_stuck" } };
    return { audit: [record("build_restarted", "clock", null)], jobs: [begin(request.kind, request.id)] };
  }
  if (request.clock.pausedAt) return unanswered(request.clock.pausedAt, now);
  const untold = toldTooLate(request, now, seat);
  const days = remindDaysBefore.findLast((before) => dueAt.getTime() - before * day <= now.getTime());
  if (days === undefined) return { letters: untold };
  // A date that moved is reminded of anew.
  const moved = request.clock.extendedAt !== null || request.clock.enquiries.some(({ pauses }) => pauses);
  const occasion = moved ? `${days} ${dueAt.toISOString()}` : String(days);
  return { audit: [record("reminded", "clock", null, { days })], letters: [...toOfficer("dpo-reminder", occasion), ...untold] };
}
