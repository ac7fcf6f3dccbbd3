import { kinds } from "#lib/kinds/all.ts";
import type { ExportScope, KindCounts, KindId } from "#lib/kinds/kind.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import type { Snapshot } from "#lib/synapse-db/synapse-db.ts";

/** The preview: what a package of this scope would hold, by kind; rows exactly, bytes roughly. */
export async function countKinds(snapshot: Snapshot, subject: Mxid, scope: ExportScope): Promise<KindCounts> {
  const source = { subject, scope, db: snapshot };
  const counts: Partial<Record<KindId, { rows: number; bytes: number }>> = {};
  for (const kind of kinds.filter((candidate) => scope.kinds.includes(candidate.id))) {
    const rows = (await kind.tally(source)).reduce((sum, row) => sum + row.included, 0);
    counts[kind.id] = { rows, bytes: await kind.estimate(source, rows) };
  }
  return counts;
}
