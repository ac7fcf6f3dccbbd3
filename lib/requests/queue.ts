import type { WebContext } from "#lib/context.ts";
import type { RequestKind } from "#lib/db/generated/enums.ts";
import { DomainError } from "#lib/errors.ts";
import { caseRow, type CaseRow } from "./case-row.ts";
import { kinds, pageSize, queueOrder, queueStates, queueWhere, readFilter, type AskedFilter, type QueueFilter, type QueueState } from "./queue-filter.ts";

/** `page` counts from 1. Totals are of all pages: by state within the chosen kind, by kind within the chosen state. */
export interface Queue {
  readonly rows: readonly CaseRow[];
  readonly filter: QueueFilter;
  readonly pages: number;
  readonly total: number;
  /** Of the chosen kind, whatever else is chosen: what the built-in lists would show. */
  readonly urgent: { readonly soon: number; readonly late: number; readonly mine: number; readonly nobodys: number };
  readonly totals: { readonly byState: Readonly<Record<QueueState, number>>; readonly byKind: Readonly<Record<RequestKind, number>> };
}

/** Oldest legal deadline first; `asked` may come straight from a URL. Throws DomainError("not_found") for people without a role on the desk. */
export async function listQueue(ctx: WebContext, asked: AskedFilter = {}): Promise<Queue> {
  if (ctx.actor.role === null) throw new DomainError("not_found", "request");
  const filter = readFilter(asked);
  const place = { now: ctx.now(), me: ctx.actor.personId };
  const where = queueWhere(filter, place);
  const plain = { ...readFilter({}), kind: filter.kind };
  const count = async (change: Partial<QueueFilter>) => await ctx.db.request.count({ where: queueWhere({ ...plain, ...change }, place) });
  const [soon, late, mine, nobodys] = await Promise.all([count({ urgency: "soon" }), count({ urgency: "late" }), count({ who: "me" }), count({ who: "nobody" })]);
  const [total, byState, byKind] = await Promise.all([
    ctx.db.request.count({ where }),
    Promise.all(queueStates.map(async (each) => [each, await ctx.db.request.count({ where: queueWhere({ ...filter, state: each }, place) })] as const)),
    Promise.all(kinds.map(async (each) => [each, await ctx.db.request.count({ where: queueWhere({ ...filter, kind: each }, place) })] as const)),
  ]);
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const page = Math.min(filter.page, pages);
  const rows = await ctx.db.request.findMany({
    where,
    include: { person: true, assignee: { select: { mxid: true } } },
    orderBy: [queueOrder[filter.sort], { id: "asc" }],
    skip: (page - 1) * pageSize,
    take: pageSize,
  });
  return {
    rows: rows.map((row) => caseRow(row, ctx)),
    filter: { ...filter, page },
    pages,
    total,
    urgent: { soon, late, mine, nobodys },
    totals: { byState: Object.fromEntries(byState) as Record<QueueState, number>, byKind: Object.fromEntries(byKind) as Record<RequestKind, number> },
  };
}
