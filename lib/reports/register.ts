import { appendAudit } from "#lib/audit/append.ts";
import type { WebContext } from "#lib/context.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import { DomainError } from "#lib/errors.ts";
import { csvBytes } from "#lib/export/csv.ts";
import { inTransaction } from "#lib/requests/transaction.ts";
import { dayOf, endOf, localDay } from "#lib/requests/working-days.ts";
import { z } from "zod";

const columns = ["reference", "kind", "via", "state", "received", "due", "extended", "paused_days", "decided", "closed", "outcome", "days_taken"] as const;
const batch = 500;

const day = z.preprocess((value) => (value === "" || value === null || value === undefined ? null : value), z.iso.date({ error: "date_format" }).nullable());
const input = z.object({ from: day, to: day, names: z.preprocess((value) => value === "on" || value === "yes", z.boolean()) });

/** Days as a form gives them, empty for no limit; `names`: with Matrix IDs. */
export interface RegisterInput {
  readonly from: unknown;
  readonly to: unknown;
  readonly names: unknown;
}

/**
 * Art. 5(2): every request with its dates and what came of it, as CSV, oldest first, a few hundred rows at a time. Days are
 * of the controller's zone. Throws "not_found" for people without a role on the desk, "forbidden" (role_looks, role_second)
 * for Matrix IDs to who does not decide, "invalid" (fields from, to).
 */
export async function exportRegister(ctx: WebContext, given: RegisterInput): Promise<{ readonly rows: number; readonly bytes: AsyncGenerator<Buffer> }> {
  const { actor, db, now } = ctx;
  const { timeZone } = ctx.policy;
  if (actor.role === null) throw new DomainError("not_found", "request");
  const parsed = input.safeParse(given);
  if (!parsed.success) throw new DomainError("invalid", "date_format");
  const { from, to, names } = parsed.data;
  if (from && to && from > to) throw new DomainError("invalid", "date_order");
  if (names && !actor.operator) throw new DomainError("forbidden", actor.role === "auditor" ? "role_looks" : "role_second");
  const where = { receivedAt: { ...(from ? { gte: endOf(dayOf(from).subtract({ days: 1 }), timeZone) } : {}), ...(to ? { lt: endOf(dayOf(to), timeZone) } : {}) } };
  const rows = await db.request.count({ where });
  await inTransaction(db, async (tx) => appendAudit(tx, { at: now(), event: "register_exported", actor: "operator", actorId: actor.personId, data: { rows, names } }));
  return { rows, bytes: csvBytes([...columns, ...(names ? ["matrix_id"] : [])], lines(ctx, where, names)) };
}

type Row = Prisma.RequestGetPayload<{ include: { person: { select: { mxid: true } }; enquiries: true } }>;

async function* lines(ctx: WebContext, where: Prisma.RequestWhereInput, names: boolean): AsyncGenerator<readonly (string | number | null)[]> {
  for (let after: string | undefined; ; ) {
    const rows: Row[] = await ctx.db.request.findMany({
      where,
      orderBy: [{ receivedAt: "asc" }, { id: "asc" }],
      take: batch,
      ...(after ? { cursor: { id: after }, skip: 1 } : {}),
      include: { person: { select: { mxid: true } }, enquiries: true },
    });
    for (const row of rows) yield [...cells(row, ctx), ...(names ? [row.person.mxid] : [])];
    after = rows.at(-1)?.id;
    if (rows.length < batch) return;
  }
}

function cells(row: Row, { policy }: WebContext): readonly (string | number | null)[] {
  const on = (at: Date | null) => (at === null ? null : localDay(at, policy.timeZone));
  const [received, decided, closed] = [localDay(row.receivedAt, policy.timeZone), on(row.decidedAt), on(row.closedAt)];
  const paused = row.enquiries.filter(({ pauses, endedAt }) => pauses && endedAt !== null).reduce((days, { askedAt, endedAt }) => days + localDay(askedAt, policy.timeZone).until(localDay(endedAt ?? askedAt, policy.timeZone), { largestUnit: "day" }).days, 0);
  const taken = decided ?? closed;
  return [
    `${row.reference.slice(0, 4)}-${row.reference.slice(4)}`,
    row.kind,
    row.via,
    row.state,
    received.toString(),
    row.dueOn.toISOString().slice(0, 10),
    on(row.extendedAt)?.toString() ?? null,
    paused,
    decided?.toString() ?? null,
    closed?.toString() ?? null,
    row.denialReason ?? (row.closedAt ? row.state : null),
    taken ? received.until(taken, { largestUnit: "day" }).days : null,
  ];
}
