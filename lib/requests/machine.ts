import type { RequestState } from "#lib/db/generated/enums.ts";
import type { Policy } from "#lib/config/policy.ts";
import { DomainError } from "#lib/errors.ts";
import type { Effects } from "./effect.ts";
import { effectsOf } from "./effects.ts";
import type { EventType, RequestEvent } from "./events.ts";
import type { RequestFacts } from "./facts.ts";
import { enquiryBarred, extensionBarred } from "./clock-rules.ts";
import { nextLook } from "./clock-wakes.ts";
import type { Seat } from "./deadline.ts";
import type { ClockPolicy } from "./enquiry-effects.ts";
import { isFinal } from "./states.ts";
import { confirmWithin, lookAgain, nextOfGrace, nextReminder, stuckAfter } from "./timing.ts";

export type DecidePolicy = Pick<Policy, "autoApproveExports" | "graceDays"> & ClockPolicy;

/** What apply.ts writes in one transaction: the state, when to look again, and everything that follows. */
export interface Decision extends Effects {
  readonly to: RequestState;
  readonly wakeAt: Date | null;
}

type Asked = Pick<RequestFacts, "kind" | "frozenAt">;
/** null: the event cannot happen. */
type Choice = (request: RequestFacts, policy: DecidePolicy, now: Date) => RequestState | null;
/** Open to one kind of request only, or while frozen only. Known without loading more, so that a page may ask too. */
interface Narrow {
  readonly to: RequestState | Choice;
  readonly where: (asked: Asked) => boolean;
}

const erasures = (to: RequestState | Choice): Narrow => ({ to, where: ({ kind }) => kind === "erasure" });
/** Once an erasure has begun there is no way back, and nothing to refuse. */
const notErasures = (to: RequestState | Choice): Narrow => ({ to, where: ({ kind }) => kind !== "erasure" });
/** A request about consent is answered in words; the others are approved, and something is done. */
const reviews = (to: RequestState): Narrow => ({ to, where: ({ kind }) => kind === "consent" });
const notReviews = (to: RequestState | Choice): Narrow => ({ to, where: ({ kind }) => kind !== "consent" });
/** What is on offer or under way can be refused only after the person said that the request was not theirs. */
const onlyFrozen: Narrow = { to: "denied", where: ({ frozenAt }) => frozenAt !== null };

/** A rule may approve plain copies only: a kind on approval is for a person to decide, and so is an erasure. */
const reviewedOrNot: Choice = (request, policy) =>
  policy.autoApproveExports && request.kind === "export" && request.wishes.length === 0 ? "running" : "review";
/** A package that waits to be handed out is decided on as it is: no second one is built beside it. */
const approvedTo: Choice = ({ kind, packages }) => (packages.length > 0 ? null : kind === "erasure" ? "grace" : "running");
const handedOutTo: Choice = ({ packages }) => (packages.length > 0 ? "ready" : null);
/** What the operator wants to see first waits for them as it did before. */
const builtTo: Choice = ({ previewFirst }) => (previewFirst ? "review" : "ready");
/** A frozen package was never handed out for good, so its end does not fulfil the request. */
const offered: Choice = (request) => (request.frozenAt ? "expired" : "fulfilled");
/** Inv. I3: nothing irreversible before its time, under a hold, after "not me", or while the clocks are doubted. */
const graceOver: Choice = ({ erasure, frozenAt }, _policy, now) =>
  erasure?.notBefore && erasure.notBefore <= now && !erasure.heldAt && !frozenAt && !erasure.copyPending && !(erasure.restUntil && erasure.restUntil > now) ? "running" : "grace";

/** State × event → next state. What is not here cannot happen. Whose move it is: states.ts. */
const table: Readonly<Record<RequestState, Partial<Record<EventType, RequestState | Choice | Narrow>>>> = {
  unconfirmed: { confirmed: reviewedOrNot, withdrawn: "withdrawn", clock: "expired", frozen: "unconfirmed", released: "unconfirmed" },
  review: {
    agreed: erasures("review"), approved: notReviews(approvedTo), replied: reviews("fulfilled"), handed_out: handedOutTo, denied: "denied", withdrawn: "withdrawn", clock: "review", frozen: "review", released: "review",
    held: erasures("review"), unheld: erasures("review"),
    extended: "review", asked: "review", answered: "review", enquiry_ended: "review",
  },
  grace: { clock: graceOver, withdrawn: "withdrawn", denied: onlyFrozen, frozen: "grace", released: "grace", held: "grace", unheld: "grace" },
  running: {
    built: notErasures(builtTo), erased: erasures("fulfilled"), gave_up: "failed", withdrawn: notErasures("withdrawn"), clock: "running",
    frozen: "running", released: "running", held: erasures("running"), unheld: erasures("running"),
  },
  ready: { downloaded: "ready", package_lost: "failed", withdrawn: "withdrawn", denied: onlyFrozen, clock: offered, frozen: "ready", released: "ready" },
  failed: {
    retried: "running", denied: notErasures("denied"), withdrawn: notErasures("withdrawn"), clock: "failed", frozen: "failed", released: "failed",
    held: erasures("failed"), unheld: erasures("failed"),
    extended: "failed", asked: "failed", answered: "failed", enquiry_ended: "failed",
  },
  fulfilled: { frozen: "fulfilled", released: "fulfilled" },
  denied: {},
  withdrawn: {},
  expired: {},
};

/** "This was not me" stops every step towards handing something out or destroying it; closing stays possible. */
const stoppedByFreeze: ReadonlySet<EventType> = new Set(["confirmed", "agreed", "approved", "replied", "handed_out", "retried", "downloaded"]);
const stoppedByHold: ReadonlySet<EventType> = new Set(["agreed", "approved", "retried"]);

/** Pure. Throws DomainError("conflict") when the event cannot happen to the request as it stands. */
export function decide(request: RequestFacts, event: RequestEvent, now: Date, policy: DecidePolicy): Decision {
  refuse(request, event, now);
  const entry = table[request.state][event.type];
  const open = isNarrow(entry) ? (entry.where(request) ? entry.to : undefined) : entry;
  const to = typeof open === "function" ? open(request, policy, now) : open;
  if (!to) throw new DomainError("conflict", "state_changed");

  const { replacedBy, ...effects } = effectsOf(request, event, to, now, policy);
  if (replacedBy) return decide(request, replacedBy, now, policy);
  return { to, wakeAt: wakeAt(after(request, effects), event, to, now, policy), ...effects };
}

function refuse(request: RequestFacts, event: RequestEvent, now: Date): void {
  const { frozenAt, erasure, wakeAt } = request;
  const no = (reason: string) => {
    throw new DomainError("conflict", reason);
  };
  if (frozenAt && stoppedByFreeze.has(event.type)) no("frozen");
  if (event.type === "frozen" && frozenAt) no("already_frozen");
  if (event.type === "released" && !frozenAt) no("not_frozen");
  if (event.type === "held" && erasure?.heldAt) no("already_held");
  if (event.type === "unheld" && !erasure?.heldAt) no("not_held");
  if (erasure?.heldAt && stoppedByHold.has(event.type)) no("held");
  const barred = event.type === "extended" ? extensionBarred({ ...request, ...request.clock }, now) : enquiryBarred(request.clock, event);
  if (barred) no(barred);
  if (event.type === "clock" && (!wakeAt || wakeAt > now)) no("not_due");
  // Four eyes: two people, never the same twice.
  if (erasure && event.type === "agreed" && (erasure.risks.length === 0 || erasure.agreedById)) no("state_changed");
  if (erasure && event.type === "approved" && erasure.risks.length > 0) {
    if (!erasure.agreedById) no("second_needed");
    if (erasure.agreedById === event.by) no("second_is_first");
  }
}

function isNarrow(entry: RequestState | Choice | Narrow | undefined): entry is Narrow {
  return typeof entry === "object";
}

/** Whether a page should offer the step; `decide` has the last word. */
export function can({ kind, state, frozenAt }: Pick<RequestFacts, "kind" | "state" | "frozenAt">, event: EventType): boolean {
  const entry = table[state][event];
  const stopped = frozenAt !== null && stoppedByFreeze.has(event);
  const needsFreeze = event === "released" && frozenAt === null;
  return entry !== undefined && (!isNarrow(entry) || entry.where({ kind, frozenAt })) && !stopped && !needsFreeze;
}

/** The request as the event leaves it, for the next look at it. */
function after(request: RequestFacts, { set }: Effects): RequestFacts {
  const { erasure, clock } = request;
  return {
    ...request,
    dueAt: set.dueAt ?? request.dueAt,
    clock: { ...clock, pausedAt: set.pausedAt === undefined ? clock.pausedAt : set.pausedAt, extendedAt: set.extendedAt ?? clock.extendedAt },
    erasure: erasure && { ...erasure, notBefore: set.notBefore ?? erasure.notBefore },
  };
}

/** What moves the legal date, or stops it, moves the next look too. */
const movesClock: ReadonlySet<EventType> = new Set(["clock", "extended", "asked", "answered", "enquiry_ended"]);

function wakeAt(request: RequestFacts, event: RequestEvent, to: RequestState, now: Date, seat: Seat): Date | null {
  const notBefore = request.erasure?.notBefore ?? null;
  if (isFinal(to)) return null;
  if (to === "ready" && (event.type === "built" || event.type === "handed_out")) return event.expiresAt;
  if (to === "grace" && notBefore) return graceWakes(request, event, notBefore, now);
  const resumes = to === "running" && (event.type === "released" || event.type === "unheld");
  if (to === request.state && !movesClock.has(event.type) && !resumes) return request.wakeAt;
  // What rests waits for an operator, and operators are reminded.
  const rests = request.frozenAt !== null || Boolean(request.erasure?.heldAt);
  if (to !== "running" || (rests && !resumes)) return nextLook(request, event.type, now, seat);
  return new Date(Math.max(now.getTime(), request.build?.leaseUntil?.getTime() ?? 0) + stuckAfter);
}

/** Reminders and the end; an end that may not come yet is looked at again, a stopped one rests until an operator moves. */
function graceWakes(request: RequestFacts, event: RequestEvent, notBefore: Date, now: Date): Date | null {
  const frozen = event.type === "frozen" || (request.frozenAt !== null && event.type !== "released");
  const held = event.type === "held" || (Boolean(request.erasure?.heldAt) && event.type !== "unheld");
  if (frozen || held) return nextReminder(request.dueAt, now);
  if (event.type === "clock" && notBefore <= now) return new Date(now.getTime() + lookAgain);
  return nextOfGrace(notBefore, now);
}

/** When a new request must have been confirmed. */
export function confirmBy(receivedAt: Date): Date {
  return new Date(receivedAt.getTime() + confirmWithin);
}
