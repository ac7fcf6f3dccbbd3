import type { WebContext } from "#lib/context.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import { daysLeft } from "./deadline.ts";
import { viewRow, type RequestRow } from "./view-row.ts";

/** A line of the desk's queue, and the head of a case. */
export interface CaseRow extends RequestRow {
  readonly mxid: string;
  /** 0 on the last day; negative when overdue. null once closed, and while the clock stands still. */
  readonly daysLeft: number | null;
  /** The operator's own: somebody else must decide. */
  readonly own: boolean;
  /** Matrix ID of whose work it is; null: nobody's yet. */
  readonly assignee: string | null;
}

export function caseRow(request: Prisma.RequestGetPayload<{ include: { person: true; assignee: { select: { mxid: true } } } }>, ctx: WebContext): CaseRow {
  const row = viewRow(request);
  return {
    ...row,
    mxid: request.person.mxid,
    daysLeft: row.closedAt || row.pausedAt ? null : daysLeft(row.dueOn, ctx.now(), ctx.policy.timeZone),
    own: request.personId === ctx.actor.personId,
    assignee: request.assignee?.mxid ?? null,
  };
}
