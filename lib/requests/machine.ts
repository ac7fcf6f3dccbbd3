import type { RequestState } from "#lib/db/generated/enums.ts";
import type { Policy } from "#lib/config/policy.ts";
import { DomainError } from "#lib/errors.ts";
import { effectsOf, type Effects } from "./effects.ts";
import type { EventType, RequestEvent } from "./events.ts";
import type { RequestFacts } from "./facts.ts";
import { isFinal } from "./states.ts";
import { confirmWithin, nextReminder, stuckAfter } from "./timing.ts";

export type DecidePolicy = Pick<Policy, "autoApproveExports">;

/** What apply.ts writes in one transaction: the state, when to look again, and everything that follows. */
export interface Decision extends Effects {
  readonly to: RequestState;
  readonly wakeAt: Date | null;
}

type Choice = (request: RequestFacts, policy: DecidePolicy) => RequestState | null;

/** A rule may approve plain copies only: a kind on approval is for a person to decide. */
const reviewedOrNot: Choice = (request, policy) =>
  policy.autoApproveExports && request.kind === "export" && request.wishes.length === 0 ? "running" : "review";
/** What is on offer can be refused only after the person said that the request was not theirs. */
const onlyFrozen: Choice = (request) => (request.frozenAt ? "denied" : null);
/** A frozen package was never handed out for good, so its end does not fulfil the request. */
const offered: Choice = (request) => (request.frozenAt ? "expired" : "fulfilled");

/** State × event → next state. What is not here cannot happen. Whose move it is: states.ts. */
const table: Readonly<Record<RequestState, Partial<Record<EventType, RequestState | Choice>>>> = {
  unconfirmed: { confirmed: reviewedOrNot, withdrawn: "withdrawn", clock: "expired", frozen: "unconfirmed", released: "unconfirmed" },
  review: { approved: "running", denied: "denied", withdrawn: "withdrawn", clock: "review", frozen: "review", released: "review" },
  grace: { withdrawn: "withdrawn" },
  running: { built: "ready", gave_up: "failed", withdrawn: "withdrawn", clock: "running", frozen: "running", released: "running" },
  ready: { downloaded: "ready", package_lost: "failed", withdrawn: "withdrawn", denied: onlyFrozen, clock: offered, frozen: "ready", released: "ready" },
  failed: { retried: "running", denied: "denied", withdrawn: "withdrawn", clock: "failed", frozen: "failed", released: "failed" },
  fulfilled: { frozen: "fulfilled", released: "fulfilled" },
  denied: {},
  withdrawn: {},
  expired: {},
};

/** "This was not me" stops every step towards handing something out; closing stays possible. */
const stoppedByFreeze: ReadonlySet<EventType> = new Set(["confirmed", "approved", "retried", "downloaded"]);

/** Pure. Throws DomainError("conflict") when the event cannot happen to the request as it stands. */
export function decide(request: RequestFacts, event: RequestEvent, now: Date, policy: DecidePolicy): Decision {
  if (request.frozenAt && stoppedByFreeze.has(event.type)) throw new DomainError("conflict", "frozen");
  if (event.type === "frozen" && request.frozenAt) throw new DomainError("conflict", "already_frozen");
  if (event.type === "released" && !request.frozenAt) throw new DomainError("conflict", "not_frozen");
  if (event.type === "clock" && (!request.wakeAt || request.wakeAt > now)) throw new DomainError("conflict", "not_due");

  const entry = table[request.state][event.type];
  const to = typeof entry === "function" ? entry(request, policy) : entry;
  if (!to) throw new DomainError("conflict", "state_changed");

  const { replacedBy, ...effects } = effectsOf(request, event, to, now);
  if (replacedBy) return decide(request, replacedBy, now, policy);
  return { to, wakeAt: wakeAt(request, event, to, now), ...effects };
}

/** Whether a page should offer the step; `decide` has the last word. */
export function can(state: RequestState, event: EventType, frozen: boolean): boolean {
  const stopped = frozen && stoppedByFreeze.has(event);
  const needsFreeze = event === "released" || (state === "ready" && event === "denied");
  return table[state][event] !== undefined && !stopped && (frozen || !needsFreeze);
}

function wakeAt(request: RequestFacts, event: RequestEvent, to: RequestState, now: Date): Date | null {
  if (isFinal(to)) return null;
  if (event.type === "built") return event.expiresAt;
  const resumes = to === "running" && event.type === "released";
  if (to === request.state && event.type !== "clock" && !resumes) return request.wakeAt;
  // A frozen build rests: it waits for an operator, and operators are reminded.
  if (to !== "running" || (request.frozenAt && !resumes)) return nextReminder(request.dueAt, now);
  return new Date(Math.max(now.getTime(), request.build?.leaseUntil?.getTime() ?? 0) + stuckAfter);
}

/** When a new request must have been confirmed. */
export function confirmBy(receivedAt: Date): Date {
  return new Date(receivedAt.getTime() + confirmWithin);
}
