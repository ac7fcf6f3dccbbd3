import type { PrismaClient } from "#lib/db/generated/client.ts";
import { chainHash, genesis } from "./chain.ts";
import type { AuditData } from "./events.ts";

/** `head` is worth keeping elsewhere: it proves at a later date that nothing before it was rewritten. */
export type AuditVerdict =
  | { readonly ok: true; readonly records: number; readonly head: string }
  | { readonly ok: false; readonly seq: number; readonly problem: "changed" | "missing" };

const batch = 1000;

/** Walks the whole chain up to the head as it was when the walk began; names the first record that is wrong. */
export async function verifyAudit(db: PrismaClient): Promise<AuditVerdict> {
  const head = (await db.auditHead.findUnique({ where: { id: 1 } })) ?? { seq: 0n, hash: genesis };
  let seq = 0n;
  let hash = genesis;
  while (seq < head.seq) {
    const rows = await db.auditRecord.findMany({
      where: { seq: { gt: seq, lte: head.seq } },
      orderBy: { seq: "asc" },
      take: batch,
    });
    if (rows.length === 0) return { ok: false, seq: Number(seq + 1n), problem: "missing" };
    for (const row of rows) {
      if (row.seq !== seq + 1n) return { ok: false, seq: Number(seq + 1n), problem: "missing" };
      const expected = chainHash(hash, { ...row, data: row.data as AuditData });
      if (row.prevHash !== hash || row.hash !== expected) return { ok: false, seq: Number(row.seq), problem: "changed" };
      ({ seq, hash } = row);
    }
  }
  if (hash !== head.hash) return { ok: false, seq: Number(seq), problem: "changed" };
  return { ok: true, records: Number(seq), head: hash };
}
