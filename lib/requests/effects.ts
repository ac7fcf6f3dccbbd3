import type { AuditData, AuditEvent, AuditRole } from "#lib/audit/events.ts";
import type { RequestState } from "#lib/db/generated/enums.ts";
import type { Job } from "#lib/jobs/queues.ts";
import type { RequestEvent } from "./events.ts";
import type { RequestFacts } from "./facts.ts";
import { toOfficer, toPerson, type LetterOrder } from "./letter-orders.ts";
import { isFinal } from "./states.ts";
import { day, maxBuildAttempts, remindDaysBefore, stuckAfter } from "./timing.ts";
import type { Ruling } from "./wishes.ts";

/** Columns of `Request` that an event sets besides the state. */
export interface Columns {
  readonly confirmedAt?: Date;
  readonly decidedAt?: Date;
  readonly decidedById?: string;
  readonly granted?: Ruling[];
  readonly refused?: Ruling[];
  readonly denialReason?: string;
  readonly denialText?: string;
  readonly failure?: string | null;
  readonly frozenAt?: Date | null;
  readonly closedAt?: Date;
  readonly openKey?: null;
}

export interface AuditOrder {
  readonly event: AuditEvent;
  readonly actor: AuditRole;
  readonly actorId: string | null;
  readonly data: AuditData;
}

/** `audit` is empty only where the clock looked and nothing changed. */
export interface Effects {
  readonly set: Columns;
  readonly audit: readonly AuditOrder[];
  readonly letters: readonly LetterOrder[];
  readonly jobs: readonly Job[];
}

type Own = Partial<Effects> & { readonly replacedBy?: RequestEvent };
type Look<E> = (event: E, request: RequestFacts, to: RequestState, now: Date) => Own;

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
  withdrawn: ({ by }) => ({ audit: [record("withdrawn", "subject", by)] }),
  approved: ({ by, rulings: { granted, refused } }, { hasMail, wishes }, _to, now) => ({
    set: { decidedAt: now, decidedById: by, ...(wishes.length > 0 ? { granted: [...granted], refused: [...refused] } : {}) },
    audit: [
      record("approved", "operator", by),
      ...granted.map(({ kind }) => record("kind_granted", "operator", by, { kind })),
      ...refused.map(({ kind }) => record("kind_refused", "operator", by, { kind })),
    ],
    letters: toPerson("approved", hasMail),
  }),
  denied: ({ by, reason, text }, { hasMail }, _to, now) => ({
    set: { decidedAt: now, decidedById: by, denialReason: reason, denialText: text },
    audit: [record("denied", "operator", by, { reason })],
    letters: toPerson("denied", hasMail),
  }),
  retried: ({ by }) => ({ set: { failure: null }, audit: [record("retried", "operator", by)] }),
  released: ({ by, reason }, { id, hasMail, state }, _to, now) => ({
    set: { frozenAt: null },
    // A build stops at a freeze; it need not wait for the clock to begin again.
    jobs: state === "running" ? [{ queue: "export.build", data: { requestId: id } }] : [],
    audit: [record("released", "operator", by, { reason })],
    letters: state === "ready" ? toPerson("ready", hasMail, now.toISOString()) : [],
  }),
  built: ({ data }, { hasMail, frozenAt }, _to, now) => ({
    audit: [record("built", "worker", null, data)],
    // A package that was lost is built again, and told again.
    letters: frozenAt ? [] : toPerson("ready", hasMail, now.toISOString()),
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
  frozen: (_event, { hasMail }, _to, now) => ({
    set: { frozenAt: now },
    audit: [record("frozen", "subject", null)],
    letters: [...toPerson("frozen", hasMail, now.toISOString()), ...toOfficer("dpo-frozen", now.toISOString())],
  }),
  clock: (_event, request, to, now) => clock(request, to, now),
};

/** Time passed: what that means depends on the state alone. */
function clock(request: RequestFacts, to: RequestState, now: Date): Own {
  const { state, dueAt, build, downloads, hasMail } = request;
  if (state === "unconfirmed") return { audit: [record("expired", "clock", null)] };
  if (state === "ready") {
    return { audit: [record(to === "fulfilled" ? "fulfilled" : "expired", "clock", null)], letters: downloads === 0 ? toPerson("expired", hasMail) : [] };
  }
  if (state === "running" && !request.frozenAt) {
    const sign = Math.max(build?.leaseUntil?.getTime() ?? 0, build?.updatedAt?.getTime() ?? 0);
    if (sign + stuckAfter > now.getTime()) return {};
    if ((build?.attempts ?? 0) >= maxBuildAttempts) return { replacedBy: { type: "gave_up", failure: "build_stuck" } };
    return { audit: [record("build_restarted", "clock", null)], jobs: [{ queue: "export.build", data: { requestId: request.id } }] };
  }
  const days = remindDaysBefore.findLast((before) => dueAt.getTime() - before * day <= now.getTime());
  if (days === undefined) return {};
  return { audit: [record("reminded", "clock", null, { days })], letters: toOfficer("dpo-reminder", String(days)) };
}

/** What entering a state does, whatever led there. */
function entering({ id, kind, packages, state }: RequestFacts, to: RequestState, now: Date): Pick<Effects, "set" | "jobs"> {
  if (to === state) return { set: {}, jobs: [] };
  if (to === "review") return { set: {}, jobs: [{ queue: "request.count", data: { requestId: id } }] };
  if (to === "running" && kind === "export") return { set: {}, jobs: [{ queue: "export.build", data: { requestId: id } }] };
  if (!isFinal(to)) return { set: {}, jobs: [] };
  return {
    set: { closedAt: now, openKey: null },
    jobs: packages.map((packageId) => ({ queue: "package.remove", data: { packageId } })),
  };
}

export function effectsOf(request: RequestFacts, event: RequestEvent, to: RequestState, now: Date): Effects & Pick<Own, "replacedBy"> {
  const of = own[event.type] as Look<RequestEvent>;
  const { set = {}, audit = [], letters = [], jobs = [], replacedBy } = of(event, request, to, now);
  const entered = entering(request, to, now);
  return { set: { ...set, ...entered.set }, audit, letters, jobs: [...entered.jobs, ...jobs], ...(replacedBy ? { replacedBy } : {}) };
}

function record(event: AuditEvent, actor: AuditRole, actorId: string | null, data: AuditData = {}): AuditOrder {
  return { event, actor, actorId, data };
}
