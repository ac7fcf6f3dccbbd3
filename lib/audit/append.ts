import type { Prisma } from "#lib/db/generated/client.ts";
import { chainHash, genesis } from "./chain.ts";
import type { AuditEntry } from "./events.ts";

/**
 * Appends one record to the chain inside the caller's transaction (Art. 5(2): what was done can be shown).
 * The head row stays locked until the caller commits, so append late in the transaction.
 */
export async function appendAudit(tx: Prisma.TransactionClient, entry: AuditEntry): Promise<void> {
  await tx.$executeRaw`INSERT INTO "AuditHead" ("id", "seq", "hash") VALUES (1, 0, ${genesis}) ON CONFLICT DO NOTHING`;
  const [head] = await tx.$queryRaw<{ seq: bigint; hash: string }[]>`
    SELECT "seq", "hash" FROM "AuditHead" WHERE "id" = 1 FOR UPDATE`;
  if (!head) throw new Error("the audit chain has no head");

  const record = {
    seq: head.seq + 1n,
    at: entry.at,
    event: entry.event,
    actor: entry.actor,
    actorId: entry.actorId ?? null,
    requestId: entry.requestId ?? null,
    data: entry.data ?? {},
  };
  const hash = chainHash(head.hash, record);
  await tx.auditRecord.create({ data: { ...record, prevHash: head.hash, hash } });
  await tx.auditHead.update({ where: { id: 1 }, data: { seq: record.seq, hash } });
}
