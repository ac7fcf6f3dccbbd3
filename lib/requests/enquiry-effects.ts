import type { Policy } from "#lib/config/policy.ts";
import type { EnquiryEnd } from "#lib/db/generated/enums.ts";
import { dueOf, readClock } from "./deadline.ts";
import { record, type AuditOrder, type Columns, type EnquiryWrite, type Own } from "./effect.ts";
import { stopsOf } from "./enquiry.ts";
import type { RequestEvent } from "./events.ts";
import type { RequestFacts } from "./facts.ts";
import { stopAt } from "./jurisdictions.ts";
import { toOfficer, toPerson } from "./letter-orders.ts";
import type { RequestState } from "#lib/db/generated/enums.ts";

export type ClockPolicy = Pick<Policy, "timeZone" | "holidays" | "jurisdiction" | "clarificationPauses">;
type Event<T extends RequestEvent["type"]> = Extract<RequestEvent, { type: T }>;

/** Two months more, counted from the start: told to the person in the letter that is written with it. */
export function extendedEffects({ by, reason, text }: Event<"extended">, request: RequestFacts, _to: RequestState, now: Date, policy: ClockPolicy): Own {
  const due = dueOf({ receivedAt: request.receivedAt, extended: true, stops: stopsOf(request.clock.enquiries) }, policy);
  if (!due) return {};
  return {
    set: { extendedAt: now, extendedById: by, extensionReason: reason, extensionText: text, dueOn: new Date(due.due), dueAt: due.dueAt },
    audit: [record("extended", "operator", by, { reason, months: 3, due: due.due })],
    letters: toPerson("extended", request.hasMail),
  };
}

/** What the law of the seat lets stop the clock stops it; a clock that is over already has nothing left to stop. */
export function askedEffects({ by, about, question, doubt }: Event<"asked">, { dueAt, hasMail }: RequestFacts, _to: RequestState, now: Date, policy: ClockPolicy): Own {
  const stop = stopAt(policy, about, dueAt, now);
  return {
    set: { askedAt: now, ...(stop ? { pausedAt: now } : {}) },
    enquiry: { asks: { about, pauses: stop !== null, restarts: stop === "restart", question, doubt: about === "identity" ? doubt : null, askedById: by } },
    audit: [record("asked", "operator", by, { about }), ...(stop ? [record("paused", "worker", null, { stop })] : [])],
    letters: toPerson("asked", hasMail, now.toISOString()),
  };
}

export function answeredEffects({ by, answer }: Event<"answered">, request: RequestFacts, _to: RequestState, now: Date, policy: ClockPolicy): Own {
  const { set, resumed, enquiry } = ending(request, "answered", answer, now, policy);
  return { set, enquiry, audit: [record("answered", "subject", by), ...resumed], letters: toOfficer("dpo-answered", now.toISOString()) };
}

/** The person is told that they need not answer any more, and by when they have an answer. */
export function enquiryEndedEffects({ by, how }: Event<"enquiry_ended">, request: RequestFacts, _to: RequestState, now: Date, policy: ClockPolicy): Own {
  const { set, resumed, enquiry } = ending(request, how, null, now, policy);
  return { set, enquiry, audit: [record("enquiry_ended", "operator", by, { how }), ...resumed], letters: toPerson("enquiry-ended", request.hasMail, now.toISOString()) };
}

/** A question that is open when the request closes ends with it. */
export function closedEffects(request: RequestFacts, now: Date, policy: ClockPolicy): Own {
  if (!request.clock.askedAt) return {};
  const { set, resumed, enquiry } = ending(request, "closed", null, now, policy);
  return { set, enquiry, audit: [record("enquiry_ended", "worker", null, { how: "closed" }), ...resumed] };
}

interface Ending {
  readonly set: Columns;
  readonly resumed: readonly AuditOrder[];
  readonly enquiry: EnquiryWrite;
}

/** The clock runs again. The record holds what moved: the days left out, or the day the period counts from, and the new date. */
function ending({ receivedAt, clock: { enquiries, extendedAt, pausedAt } }: RequestFacts, how: EnquiryEnd, answer: string | null, now: Date, policy: ClockPolicy): Ending {
  const open = enquiries.find(({ endedAt }) => endedAt === null);
  if (!open) throw new Error("no question is open");
  const enquiry = { ends: open.id, how, answer };
  if (!pausedAt) return { set: { askedAt: null }, resumed: [], enquiry };
  const history = { receivedAt, extended: extendedAt !== null, stops: stopsOf(enquiries.map((each) => (each === open ? { ...each, endedAt: now, ended: how } : each))) };
  const due = dueOf(history, policy);
  if (!due) throw new Error("the clock should run again");
  const { start, days } = readClock(history, policy.timeZone);
  return {
    set: { askedAt: null, pausedAt: null, dueOn: new Date(due.due), dueAt: due.dueAt },
    resumed: [record("resumed", "worker", null, { start, days, due: due.due })],
    enquiry,
  };
}
