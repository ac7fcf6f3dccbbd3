import type { Policy } from "#lib/config/policy.ts";
import type { RequestState } from "#lib/db/generated/enums.ts";
import { clockEffects } from "./clock-effects.ts";
import { answeredEffects, askedEffects, closedEffects, enquiryEndedEffects, extendedEffects, type ClockPolicy } from "./enquiry-effects.ts";
import { begin, type Effects, type Own, record } from "./effect.ts";
import { endOfGrace, startAgain } from "./erasure-effects.ts";
import type { RequestEvent } from "./events.ts";
import type { RequestFacts } from "./facts.ts";
import { toOfficer, toPerson } from "./letter-orders.ts";
import { isFinal } from "./states.ts";

export type EffectsPolicy = Pick<Policy, "graceDays"> & ClockPolicy;
type Look<E> = (event: E, request: RequestFacts, to: RequestState, now: Date, policy: EffectsPolicy) => Own;

/** What each event does, beyond what entering a state does. */
const own: { readonly [T in RequestEvent["type"]]: Look<Extract<RequestEvent, { type: T }>> } = {
  confirmed: ({ by }, { hasMail }, to, now) =>
    to === "running"
      ? {
          set: { confirmedAt: now, decidedAt: now },
          audit: [record("confirmed", "subject", by), record("auto_approved", "worker", null)],
          letters: toPerson("received", hasMail),
        }
      : {
          set: { confirmedAt: now },
          audit: [record("confirmed", "subject", by)],
          letters: [...toPerson("received", hasMail), ...toOfficer("dpo-new")],
        },
  withdrawn: ({ by }, { id, kind, state, hasMail }) => ({
    audit: [record("withdrawn", "subject", by, by === null ? { by: "recovery_code" } : {})],
    ...(kind === "erasure" && state !== "unconfirmed" ? { letters: toPerson("erasure-stopped", hasMail), jobs: [{ queue: "erasure.suspension", data: { requestId: id } }] } : {}),
  }),
  agreed: ({ by }, _request, _to, now) => ({
    set: { agreedAt: now, agreedById: by },
    audit: [record("agreed", "operator", by)],
    letters: toOfficer("dpo-second"),
  }),
  approved: ({ by, preview, rulings: { granted, refused } }, { id, hasMail, erasure }, to, now, { graceDays }) => to === "grace" && erasure ? {
    set: { decidedAt: now, decidedById: by, notBefore: endOfGrace(erasure, now, graceDays) },
    audit: [record("approved", "operator", by)],
    letters: toPerson("erasure-scheduled", hasMail),
    jobs: [{ queue: "erasure.suspension", data: { requestId: id } }],
  } : ({
    set: { decidedAt: now, decidedById: by, previewFirst: preview, ...(granted.length + refused.length > 0 ? { granted: [...granted], refused: [...refused] } : {}) },
    audit: [
      record("approved", "operator", by),
      ...granted.map(({ kind }) => record("kind_granted", "operator", by, { kind })),
      ...refused.map(({ kind }) => record("kind_refused", "operator", by, { kind })),
    ],
    letters: toPerson("approved", hasMail),
  }),
  denied: ({ by, reason, text }, { id, kind, hasMail }, _to, now) => ({
    set: { decidedAt: now, decidedById: by, denialReason: reason, denialText: text },
    audit: [record("denied", "operator", by, { reason })],
    letters: toPerson("denied", hasMail),
    jobs: kind === "erasure" ? [{ queue: "erasure.suspension", data: { requestId: id } }] : [],
  }),
  replied: ({ by, text }, { hasMail }, _to, now) => ({
    set: { decidedAt: now, decidedById: by, answerText: text },
    audit: [record("replied", "operator", by)],
    letters: toPerson("replied", hasMail),
  }),
  held: ({ by, reason, text }, { hasMail }, _to, now) => ({
    set: { heldAt: now, heldById: by, holdReason: reason, holdText: text },
    audit: [record("held", "operator", by, { reason })],
    letters: toPerson("erasure-held", hasMail, now.toISOString()),
  }),
  unheld: ({ by }, request, _to, now) => {
    const { set, letters, jobs } = startAgain(request, now);
    return { set: { heldAt: null, heldById: null, holdReason: null, holdText: null, ...set }, audit: [record("unheld", "operator", by)], letters, jobs };
  },
  erased: ({ data }, { hasMail }) => ({ audit: [record("erased", "worker", null, data)], letters: toPerson("erasure-done", hasMail) }),
  retried: ({ by }) => ({ set: { failure: null }, audit: [record("retried", "operator", by)] }),
  released: ({ by, reason }, request, _to, now) => {
    // What stops at a freeze need not wait for the clock to begin again.
    const { set, letters, jobs } = startAgain(request, now);
    return {
      set: { frozenAt: null, ...set },
      audit: [record("released", "operator", by, { reason })],
      letters: request.state === "ready" ? toPerson("ready", request.hasMail, now.toISOString()) : letters,
      jobs,
    };
  },
  built: ({ data }, { hasMail, frozenAt }, to, now) => ({
    audit: [record("built", "worker", null, data)],
    // A package that was lost is built again, and told again.
    letters: to === "review" ? toOfficer("dpo-preview", now.toISOString()) : frozenAt ? [] : toPerson("ready", hasMail, now.toISOString()),
  }),
  handed_out: ({ by }, { hasMail }, _to, now) => ({
    audit: [record("handed_out", "operator", by)],
    letters: toPerson("ready", hasMail, now.toISOString()),
  }),
  gave_up: ({ failure }, { hasMail }, _to, now) => ({
    set: { failure },
    audit: [record("gave_up", "worker", null, { failure })],
    letters: [...toPerson("failed", hasMail, now.toISOString()), ...toOfficer("dpo-failed", now.toISOString())],
  }),
  package_lost: ({ failure }, { hasMail }, _to, now) => ({
    set: { failure },
    audit: [record("package_lost", "worker", null, { failure })],
    letters: [...toPerson("failed", hasMail, now.toISOString()), ...toOfficer("dpo-failed", now.toISOString())],
  }),
  downloaded: ({ by, occasion }, { hasMail }) => ({
    audit: [record("downloaded", "subject", by)],
    letters: toPerson("downloaded", hasMail, occasion),
  }),
  frozen: (_event, { id, kind, hasMail }, _to, now) => ({
    set: { frozenAt: now },
    // Whoever asked for the erasure may have suspended the account of somebody else.
    jobs: kind === "erasure" ? [{ queue: "erasure.suspension", data: { requestId: id } }] : [],
    audit: [record("frozen", "subject", null)],
    letters: [...toPerson("frozen", hasMail, now.toISOString()), ...toOfficer("dpo-frozen", now.toISOString())],
  }),
  extended: extendedEffects,
  asked: askedEffects,
  answered: answeredEffects,
  enquiry_ended: enquiryEndedEffects,
  clock: (_event, request, to, now, policy) => clockEffects(request, to, now, policy),
};

/** What entering a state does, whatever led there. */
function entering({ id, kind, packages, state }: RequestFacts, to: RequestState, now: Date): Pick<Effects, "set" | "jobs"> {
  if (to === state) return { set: {}, jobs: [] };
  if (to === "review" && state === "unconfirmed" && kind === "export") return { set: {}, jobs: [{ queue: "request.count", data: { requestId: id } }] };
  if (to === "running") return { set: {}, jobs: [begin(kind, id)] };
  if (!isFinal(to)) return { set: {}, jobs: [] };
  return {
    set: { closedAt: now, openKey: null },
    jobs: packages.map((packageId) => ({ queue: "package.remove", data: { packageId } })),
  };
}

export function effectsOf(request: RequestFacts, event: RequestEvent, to: RequestState, now: Date, policy: EffectsPolicy): Effects & Pick<Own, "replacedBy"> {
  const of = own[event.type] as Look<RequestEvent>;
  const { set = {}, audit = [], letters = [], jobs = [], enquiry, replacedBy } = of(event, request, to, now, policy);
  const entered = entering(request, to, now);
  const closed = isFinal(to) ? closedEffects(request, now, policy) : {};
  const writes = enquiry ?? closed.enquiry;
  return {
    set: { ...set, ...entered.set, ...closed.set }, audit: [...audit, ...(closed.audit ?? [])], letters, jobs: [...entered.jobs, ...jobs],
    ...(writes ? { enquiry: writes } : {}), ...(replacedBy ? { replacedBy } : {}),
  };
}
