import type { RequestState } from "#lib/db/generated/enums.ts";
import { begin, type Own, record } from "./effect.ts";
import type { ErasureFacts, RequestFacts } from "./facts.ts";
import { toOfficer, toPerson } from "./letter-orders.ts";
import { day, delayedAfter, graceAfterApproval, remindGraceDays } from "./timing.ts";

/**
 * 30 days (configurable) from the person's confirmation, and never sooner than 72 hours after the approval, also for
 * somebody who does not want to wait (faults.md § 0, owner's decision). Spans of 24 hours from the UTC instant (T01).
 */
export function endOfGrace({ options, confirmedAt }: ErasureFacts, approvedAt: Date, graceDays: number): Date {
  const soonest = approvedAt.getTime() + graceAfterApproval;
  const asked = options.leaveNow || !confirmedAt ? 0 : confirmedAt.getTime() + graceDays * day;
  return new Date(Math.max(soonest, asked));
}

/** After a hold or a freeze is lifted: the work goes on, and an end of grace that came meanwhile is announced anew, 72 hours ahead. */
export function startAgain(request: RequestFacts, now: Date): Required<Pick<Own, "set" | "letters" | "jobs">> {
  const { erasure, state, id, kind, hasMail } = request;
  if (state === "running") return { set: {}, letters: [], jobs: [begin(kind, id)] };
  if (state !== "grace" || !erasure?.notBefore) return { set: {}, letters: [], jobs: [] };
  const soonest = new Date(now.getTime() + graceAfterApproval);
  return {
    set: erasure.notBefore < soonest ? { notBefore: soonest } : {},
    letters: toPerson("erasure-scheduled", hasMail, now.toISOString()),
    jobs: [{ queue: "erasure.suspension", data: { requestId: id } }],
  };
}

/** Time passed in grace or while it runs; nothing stands in the way but what `to` already knows. */
export function erasureClock(request: RequestFacts, erasure: ErasureFacts, to: RequestState, now: Date): Own {
  const { state, hasMail } = request;
  if (state === "running") return running(request, erasure, now);
  // The job and the final letter go with entering `running`.
  if (to === "running") return { audit: [record("grace_ended", "clock", null)], letters: toPerson("erasure-begins", hasMail) };
  const days = erasure.notBefore && remindGraceDays.findLast((before) => Number(erasure.notBefore) - before * day <= now.getTime());
  if (!days || !erasure.notBefore || erasure.notBefore <= now) return {};
  return {
    audit: [record("reminded", "clock", null, { days })],
    letters: toPerson("erasure-reminder", hasMail, `${days} ${erasure.notBefore.toISOString()}`),
  };
}

/** The run is nudged (it knows itself whether it may go on); when it has not moved for a day, people are told once. */
function running({ id, kind, hasMail }: RequestFacts, { progressAt, waitsUntil }: ErasureFacts, now: Date): Own {
  const sign = Math.max(progressAt?.getTime() ?? now.getTime(), waitsUntil?.getTime() ?? 0);
  const delayed = now.getTime() - sign >= delayedAfter;
  return { jobs: [begin(kind, id)], letters: delayed ? [...toPerson("erasure-delayed", hasMail), ...toOfficer("dpo-delayed")] : [] };
}
