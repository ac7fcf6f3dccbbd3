import { createHash } from "node:crypto";
import type { AuditData } from "./events.ts";

/** What the first record follows. */
export const genesis = "0".repeat(64);

export interface ChainedRecord {
  readonly seq: bigint;
  readonly at: Date;
  readonly event: string;
  readonly actor: string;
  readonly actorId: string | null;
  readonly requestId: string | null;
  readonly data: AuditData;
}

/** SHA-256 (hex) over the previous record's hash and this record; keys sorted, since jsonb keeps no order. */
export function chainHash(prevHash: string, record: ChainedRecord): string {
  const data = Object.entries(record.data).sort(([a], [b]) => (a < b ? -1 : 1));
  const { seq, at, event, actor, actorId, requestId } = record;
  const text = JSON.stringify([prevHash, String(seq), at.toISOString(), event, actor, actorId, requestId, data]);
  return createHash("sha256").update(text).digest("hex");
}
