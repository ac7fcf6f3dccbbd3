import { appendAudit } from "#lib/audit/append.ts";
import type { WorkerContext } from "#lib/context.ts";
import { RetryLater } from "#lib/errors.ts";
import { countKinds } from "#lib/kinds/count.ts";
import type { ExportScope } from "#lib/kinds/kind.ts";
import { readPortalRecords } from "#lib/kinds/portal-records.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import { SynapseDbUnavailable } from "#lib/synapse-db/synapse-db.ts";
import { isFinal } from "./states.ts";
import { inTransaction } from "./transaction.ts";

export type CountContext = Pick<WorkerContext, "db" | "synapseDb" | "now">;

/** Numbers for the operator who decides: how much the package would hold, by kind. Counted once, and on record. */
export async function countRequest(ctx: CountContext, { requestId }: { readonly requestId: string }): Promise<void> {
  const row = await ctx.db.request.findUnique({ where: { id: requestId }, include: { person: true } });
  if (!row || row.countsReadAt || isFinal(row.state)) return;
  const counts = await count(ctx, row.person.mxid as Mxid, row.scope as unknown as ExportScope);
  const now = ctx.now();
  await inTransaction(ctx.db, async (tx) => {
    const written = await tx.request.updateMany({ where: { id: requestId, countsReadAt: null }, data: { counts, countsReadAt: now } });
    if (written.count === 1) await appendAudit(tx, { at: now, event: "counted", actor: "worker", requestId });
  });
}

async function count(ctx: CountContext, subject: Mxid, scope: ExportScope) {
  const portal = await readPortalRecords(ctx.db, subject);
  try {
    return await ctx.synapseDb.snapshot((db) => countKinds({ db, subject, scope, portal }));
  } catch (cause) {
    if (cause instanceof SynapseDbUnavailable) throw new RetryLater("synapse_database_down", { cause });
    throw cause;
  }
}
