import type { AuditData, AuditEvent, AuditRole } from "#lib/audit/events.ts";
import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { parseReference } from "./reference.ts";

/** One record of the trail. It holds ids and codes only; who acted is named from the row that still exists. */
export interface AuditLine {
  readonly seq: number;
  readonly at: Date;
  readonly event: AuditEvent;
  readonly actor: AuditRole;
  /** Matrix ID of a person of the desk; null for everybody else: the case names its person, and that look is recorded. */
  readonly by: string | null;
  readonly reference: string | null;
  readonly data: AuditData;
  readonly hash: string;
}

export interface AuditPage {
  readonly lines: readonly AuditLine[];
  /** Number of the record the next page begins below; null on the last one. */
  readonly older: number | null;
  readonly head: { readonly seq: number; readonly hash: string } | null;
  /** The request asked for; null when all are shown. */
  readonly reference: string | null;
}

const pageSize = 100;

/**
 * The audit trail, newest first. `below` (a record's number) and `reference` may come straight from an address; what
 * cannot be read is as if it were not there. Throws "not_found" for people without a role on the desk.
 */
export async function listAudit(ctx: WebContext, asked: { readonly below?: unknown; readonly reference?: unknown }): Promise<AuditPage> {
  if (ctx.actor.role === null) throw new DomainError("not_found", "request");
  const known = parseReference(asked.reference);
  const request = known ? await ctx.db.request.findUnique({ where: { reference: known }, select: { id: true, reference: true } }) : null;
  const below = typeof asked.below === "string" && /^[1-9][0-9]{0,15}$/.test(asked.below) ? BigInt(asked.below) : null;
  const rows = await ctx.db.auditRecord.findMany({
    where: { ...(below === null ? {} : { seq: { lt: below } }), ...(request ? { requestId: request.id } : {}) },
    orderBy: { seq: "desc" },
    take: pageSize + 1,
  });
  const shown = rows.slice(0, pageSize);
  const head = await ctx.db.auditHead.findUnique({ where: { id: 1 } });
  const [references, staff] = await Promise.all([namesOf(ctx, shown), staffOf(ctx, shown)]);
  return {
    lines: shown.map(({ seq, at, event, actor, actorId, requestId, data, hash }) => ({
      seq: Number(seq),
      at,
      event: event as AuditEvent,
      actor: actor as AuditRole,
      by: actorId === null ? null : (staff.get(actorId) ?? null),
      reference: requestId === null ? null : (references.get(requestId) ?? null),
      data: data as AuditData,
      hash,
    })),
    older: rows.length > pageSize ? Number(shown.at(-1)?.seq ?? 0) : null,
    head: head && { seq: Number(head.seq), hash: head.hash },
    reference: request?.reference ?? null,
  };
}

type Row = { readonly requestId: string | null; readonly actor: string; readonly actorId: string | null };

async function namesOf({ db }: WebContext, rows: readonly Row[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(rows.flatMap(({ requestId }) => requestId ?? []))];
  return new Map((await db.request.findMany({ where: { id: { in: ids } }, select: { id: true, reference: true } })).map(({ id, reference }) => [id, reference]));
}

async function staffOf({ db }: WebContext, rows: readonly Row[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(rows.flatMap(({ actor, actorId }) => (actor === "operator" && actorId !== null ? [actorId] : [])))];
  return new Map((await db.person.findMany({ where: { id: { in: ids } }, select: { id: true, mxid: true } })).map(({ id, mxid }) => [id, mxid]));
}
