import type { RequestState } from "#lib/db/generated/enums.ts";
import type { Policy } from "#lib/config/policy.ts";
import { DomainError } from "#lib/errors.ts";
import { barOf, type Standing } from "./bars.ts";
import type { Effects } from "./effect.ts";
import { effectsOf } from "./effects.ts";
import type { EventType, RequestEvent } from "./events.ts";
import type { RequestFacts } from "./facts.ts";
import { extensionBarred } from "./extension-barred.ts";
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

/** `packages`: those whose bytes still lie in the storage. */
type Asked = Pick<RequestFacts, "kind" | "frozenAt"> & { readonly packages: readonly unknown[] };
type Choice = (request: RequestFacts, policy: DecidePolicy, now: Date) => RequestState;
/** Open to some requests only, by what a page has at hand too. */
interface Narrow {
  readonly to: RequestState | Choice;
  readonly where: (asked: Asked) => boolean;
}

const erasures = (to: RequestState | Choice): Narrow => ({ to, where: ({ kind }) => kind === "erasure" });
/** Once an erasure has begun there is no way back, and nothing to refuse. */
const notErasures = (to: RequestState | Choice): Narrow => ({ to, where: ({ kind }) => kind !== "erasure" });
/** A request about consent is answered in words; the others are approved, and something is done. */
const reviews = (to: RequestState): Narrow => ({ to, where: ({ kind }) => kind === "consent" });
/** A package that waits to be handed out is decided on as it is: no second one is built beside it. */
const unbuilt = (to: Choice): Narrow => ({ to, where: ({ kind, packages }) => kind !== "consent" && packages.length === 0 });
const built = (to: RequestState): Narrow => ({ to, where: ({ packages }) => packages.length > 0 });
/** What is on offer or under way can be refused only after the person said that the request was not theirs. */
const onlyFrozen: Narrow = { to: "denied", where: ({ frozenAt }) => frozenAt !== null };

/** A rule may approve plain copies only: a kind on approval is for a person to decide, and so is an erasure. */
const reviewedOrNot: Choice = (request, policy) =>
  policy.autoApproveExports && request.kind === "export" && request.wishes.length === 0 ? "running" : "review";
const approvedTo: Choice = ({ kind }) => (kind === "erasure" ? "grace" : "running");
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
    agreed: erasures("review"), approved: unbuilt(approvedTo), replied: reviews("fulfilled"), handed_out: built("ready"), denied: "denied", withdrawn: "withdrawn", clock: "review", frozen: "review", released: "review",
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
  const { erasure, wakeAt, frozenAt, clock } = request;
  const no = (reason: string) => {
    throw new DomainError("conflict", reason);
  };
  // Art. 12(6): reasonable doubt, and which.
  if (event.type === "asked" && event.about === "identity" && !event.doubt) no("doubt_required");
  const barred = barOf({ frozenAt, heldAt: erasure?.heldAt ?? null, askedAt: clock.askedAt }, event.type) ?? (event.type === "extended" ? extensionBarred({ ...request, ...clock }, now) : null);
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
export function can(request: Asked & Standing & Pick<RequestFacts, "state">, event: EventType): boolean {
  const entry = table[request.state][event];
  return entry !== undefined && (!isNarrow(entry) || entry.where(request)) && barOf(request, event) === null;
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
