import type { WebContext } from "#lib/context.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import type { AccountState, RequestKind } from "#lib/db/generated/enums.ts";
import { DomainError } from "#lib/errors.ts";
import type { ExportScope, KindCounts } from "#lib/kinds/kind.ts";
import { daysLeft, explainDue, type Explanation } from "./deadline.ts";
import { denialReasonsFor, type DenialReason } from "./denial-reasons.ts";
import { can as stateCan } from "./machine.ts";
import { kinds, pageSize, queueOrder, queueStates, queueWhere, readFilter, type QueueFilter, type QueueState } from "./queue-filter.ts";
import { parseReference } from "./reference.ts";
import { timelineOf, type TimelineEntry } from "./timeline.ts";
import { viewPackage, viewProgress, type PackageView, type ProgressView } from "./view-parts.ts";
import { viewRow, type RequestRow } from "./view-row.ts";

export interface CaseRow extends RequestRow {
  readonly mxid: string;
  /** 0 on the last day; negative when overdue. null once closed. */
  readonly daysLeft: number | null;
  /** The operator's own: somebody else must decide. */
  readonly own: boolean;
}

export interface CaseView extends CaseRow {
  readonly dueAt: Date;
  readonly explanation: Explanation;
  readonly timeline: readonly TimelineEntry[];
  readonly progress: ProgressView | null;
  readonly package: PackageView | null;
  readonly scope: ExportScope;
  /** null while the worker still counts. */
  readonly counts: KindCounts | null;
  readonly countsReadAt: Date | null;
  readonly confirmedAt: Date | null;
  readonly frozenAt: Date | null;
  readonly decision: { readonly at: Date; readonly by: string | null } | null;
  readonly denial: { readonly reason: string; readonly text: string } | null;
  readonly failure: string | null;
  readonly account: { readonly state: AccountState | null; readonly hasMail: boolean; readonly readAt: Date | null };
  readonly reasons: readonly DenialReason[];
  readonly can: { readonly approve: boolean; readonly deny: boolean; readonly retry: boolean; readonly release: boolean };
  /** Key under errors.*: why the operator may do nothing at all here. */
  readonly barred: "own_case" | null;
}

/** `page` counts from 1. Totals are of all pages: by state within the chosen kind, by kind within the chosen state. */
export interface Queue {
  readonly rows: readonly CaseRow[];
  readonly filter: QueueFilter;
  readonly pages: number;
  readonly total: number;
  readonly totals: { readonly state: Readonly<Record<QueueState, number>>; readonly kind: Readonly<Record<RequestKind, number>> };
}

/** Oldest legal deadline first. Throws DomainError("not_found") for people who are not operators. */
export async function listQueue(ctx: WebContext, asked: Readonly<Record<string, unknown>> = {}): Promise<Queue> {
  if (!ctx.actor.operator) throw new DomainError("not_found", "request");
  const filter = readFilter(asked);
  const where = queueWhere(filter);
  const [total, state, kind] = await Promise.all([
    ctx.db.request.count({ where }),
    Promise.all(queueStates.map(async (each) => [each, await ctx.db.request.count({ where: queueWhere({ ...filter, state: each }) })] as const)),
    Promise.all(kinds.map(async (each) => [each, await ctx.db.request.count({ where: queueWhere({ ...filter, kind: each }) })] as const)),
  ]);
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const page = Math.min(filter.page, pages);
  const rows = await ctx.db.request.findMany({
    where,
    include: { person: true },
    orderBy: [queueOrder[filter.sort], { id: "asc" }],
    skip: (page - 1) * pageSize,
    take: pageSize,
  });
  return {
    rows: rows.map((row) => caseRow(row, ctx)),
    filter: { ...filter, page },
    pages,
    total,
    totals: { state: Object.fromEntries(state) as Record<QueueState, number>, kind: Object.fromEntries(kind) as Record<RequestKind, number> },
  };
}

/** Throws DomainError("not_found") for people who are not operators. Own cases are shown, and say that they are. */
export async function viewCase(ctx: WebContext, reference: string): Promise<CaseView> {
  const known = ctx.actor.operator ? parseReference(reference) : null;
  const request = known
    ? await ctx.db.request.findUnique({
        where: { reference: known },
        include: { person: true, decidedBy: true, build: true, packages: { orderBy: { builtAt: "asc" } } },
      })
    : null;
  if (!request) throw new DomainError("not_found", "request");
  const row = caseRow(request, ctx);
  const may = (event: Parameters<typeof stateCan>[1]) => !row.own && stateCan(request.state, event, row.frozen);
  const { person } = request;
  return {
    ...row,
    dueAt: request.dueAt,
    explanation: explainDue(request.receivedAt, row.dueOn, ctx.policy.timeZone),
    timeline: await timelineOf(ctx.db, request.id),
    progress: viewProgress(request.state, request.build),
    package: viewPackage(request.packages),
    scope: request.scope as unknown as ExportScope,
    counts: request.counts as KindCounts | null,
    countsReadAt: request.countsReadAt,
    confirmedAt: request.confirmedAt,
    frozenAt: request.frozenAt,
    decision: request.decidedAt ? { at: request.decidedAt, by: request.decidedBy?.mxid ?? null } : null,
    denial: request.denialReason ? { reason: request.denialReason, text: request.denialText ?? "" } : null,
    failure: request.failure,
    account: { state: person.accountState, hasMail: person.hasMail, readAt: person.accountReadAt },
    reasons: denialReasonsFor(request.kind),
    can: { approve: may("approved"), deny: may("denied"), retry: may("retried"), release: may("released") },
    barred: row.own ? "own_case" : null,
  };
}

function caseRow(request: Prisma.RequestGetPayload<{ include: { person: true } }>, ctx: WebContext): CaseRow {
  const row = viewRow(request);
  return {
    ...row,
    mxid: request.person.mxid,
    daysLeft: row.closedAt ? null : daysLeft(row.dueOn, ctx.now(), ctx.policy.timeZone),
    own: request.personId === ctx.actor.personId,
  };
}
