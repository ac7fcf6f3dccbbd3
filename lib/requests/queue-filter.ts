import type { Prisma } from "#lib/db/generated/client.ts";
import { RequestKind, RequestVia, type RequestState } from "#lib/db/generated/enums.ts";
import { openStates, states } from "./states.ts";
import { day } from "./timing.ts";

export const pageSize = 50;

/** "open": whatever may need an operator; "all": closed ones too. */
export type QueueState = RequestState | "open" | "all";
export const queueStates: readonly QueueState[] = ["open", ...states, "all"];
export const kinds: readonly RequestKind[] = Object.values(RequestKind);
const sorts = ["due", "received", "state"] as const;
/** late: past its day. soon: due within a week, late ones too. */
const urgencies = ["soon", "late"] as const;
const flags = ["held", "frozen", "paused"] as const;
const vias = Object.values(RequestVia);

export interface QueueFilter {
  readonly state: QueueState;
  readonly kind: RequestKind | null;
  readonly sort: (typeof sorts)[number];
  readonly urgency: (typeof urgencies)[number] | null;
  readonly flag: (typeof flags)[number] | null;
  readonly via: RequestVia | null;
  /** Whose work: "me", "nobody", or the id of a person of the desk. */
  readonly who: string | null;
  /** Part of a Matrix ID or of a reference. */
  readonly q: string;
  readonly page: number;
}

export type AskedFilter = Readonly<Partial<Record<keyof QueueFilter, unknown>>>;

export const queueOrder = {
  due: { dueAt: "asc" },
  received: { receivedAt: "desc" },
  state: { state: "asc" },
} as const satisfies Record<QueueFilter["sort"], Prisma.RequestOrderByWithRelationInput>;

/** From a URL: what cannot be read is as if it were not there. */
export function readFilter(asked: AskedFilter): QueueFilter {
  const { q, page } = asked;
  return {
    state: oneOf(queueStates, asked.state) ?? "open",
    kind: oneOf(kinds, asked.kind) ?? null,
    sort: oneOf(sorts, asked.sort) ?? "due",
    urgency: oneOf(urgencies, asked.urgency) ?? null,
    flag: oneOf(flags, asked.flag) ?? null,
    via: oneOf(vias, asked.via) ?? null,
    who: typeof asked.who === "string" && /^(?:me|nobody|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.test(asked.who) ? asked.who : null,
    q: typeof q === "string" ? q.replaceAll("\0", "").trim().slice(0, 255) : "",
    page: Math.min(Math.max(1, Math.trunc(Number(page)) || 1), 100_000),
  };
}

/** @param now and whose desk it is: what "late" and "me" mean */
export function queueWhere({ state, kind, q, urgency, flag, via, who }: Omit<QueueFilter, "sort" | "page">, { now, me }: { readonly now: Date; readonly me: string }): Prisma.RequestWhereInput {
  return { ...(kind ? { kind } : {}), ...(via ? { via } : {}), AND: [ofState(state), matching(q), ofUrgency(urgency, now), flag ? flagged[flag] : {}, ofWhom(who, me)] };
}

const flagged: Readonly<Record<(typeof flags)[number], Prisma.RequestWhereInput>> = {
  held: { heldAt: { not: null } },
  frozen: { frozenAt: { not: null } },
  paused: { pausedAt: { not: null } },
};

/** What is answered is not late, and while the clock stands still nothing is. */
function ofUrgency(urgency: QueueFilter["urgency"], now: Date): Prisma.RequestWhereInput {
  if (urgency === null) return {};
  const by = urgency === "late" ? now : new Date(now.getTime() + 7 * day);
  return { dueAt: { lte: by }, pausedAt: null, state: { in: ["review", "failed", "running"] } };
}

function ofWhom(who: string | null, me: string): Prisma.RequestWhereInput {
  if (who === null) return {};
  return { assigneeId: who === "nobody" ? null : who === "me" ? me : who };
}

/** Who asked without a code has not shown who they are: nobody's work yet, unless somebody protested. */
function ofState(state: QueueState): Prisma.RequestWhereInput {
  if (state === "all") return {};
  if (state !== "open") return { state };
  const confirmed = openStates.filter((each) => each !== "unconfirmed");
  return { OR: [{ state: { in: confirmed } }, { state: { in: ["unconfirmed", "fulfilled"] }, frozenAt: { not: null } }] };
}

function matching(q: string): Prisma.RequestWhereInput {
  if (q === "") return {};
  const reference = q.replace(/[\s-]/g, "").toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1");
  return { OR: [{ reference: { startsWith: reference } }, { person: { mxid: { contains: q, mode: "insensitive" } } }] };
}

function oneOf<T extends string>(known: readonly T[], value: unknown): T | undefined {
  return known.find((each) => each === value);
}
