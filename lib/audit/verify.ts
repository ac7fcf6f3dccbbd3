import type { PrismaClient } from "#lib/db/generated/client.ts";
import { chainHash, genesis } from "./chain.ts";
import type { Anchor } from "./anchor.ts";
import type { AuditData } from "./events.ts";

/** `head` is worth keeping elsewhere: it proves at a later date that nothing before it was rewritten. */
export type AuditVerdict =
  | { readonly ok: true; readonly records: number; readonly head: string; readonly anchors: number }
  /** anchor: the chain is whole in itself and is not the one that was anchored then. */
  | { readonly ok: false; readonly seq: number; readonly problem: "changed" | "missing" | "anchor" };

const batch = 1000;

/**
 * Walks the whole chain up to the head as it was when the walk began; names the first record that is wrong.
 * @param anchors heads noted outside the database (anchor.ts): each must be on the way
 */
export async function verifyAudit(db: PrismaClient, anchors: readonly Pick<Anchor, "seq" | "hash">[] = []): Promise<AuditVerdict> {
  const head = (await db.auditHead.findUnique({ where: { id: 1 } })) ?? { seq: 0n, hash: genesis };
  const noted = new Map(anchors.map((anchor) => [BigInt(anchor.seq), anchor.hash]));
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
      if ((noted.get(seq) ?? hash) !== hash) return { ok: false, seq: Number(seq), problem: "anchor" };
      noted.delete(seq);
    }
  }
  if (hash !== head.hash) return { ok: false, seq: Number(seq), problem: "changed" };
  // Anchored and not there any more: the end was cut off, head and all.
  const [lost] = [...noted.keys()].sort((a, b) => Number(a - b));
  if (lost !== undefined) return { ok: false, seq: Number(lost), problem: "missing" };
  return { ok: true, records: Number(seq), head: hash, anchors: anchors.length };
}
