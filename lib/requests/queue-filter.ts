import type { Prisma } from "#lib/db/generated/client.ts";
import { RequestKind, type RequestState } from "#lib/db/generated/enums.ts";
import { openStates, states } from "./states.ts";

export const pageSize = 50;

/** "open": whatever may need an operator; "all": closed ones too. */
export type QueueState = RequestState | "open" | "all";
export const queueStates: readonly QueueState[] = ["open", ...states, "all"];
export const kinds: readonly RequestKind[] = Object.values(RequestKind);
const sorts = ["due", "received", "state"] as const;

export interface QueueFilter {
  readonly state: QueueState;
  readonly kind: RequestKind | null;
  readonly sort: (typeof sorts)[number];
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
    q: typeof q === "string" ? q.replaceAll("\0", "").trim().slice(0, 255) : "",
    page: Math.min(Math.max(1, Math.trunc(Number(page)) || 1), 100_000),
  };
}

export function queueWhere({ state, kind, q }: Pick<QueueFilter, "state" | "kind" | "q">): Prisma.RequestWhereInput {
  return { ...(kind ? { kind } : {}), AND: [ofState(state), matching(q)] };
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
