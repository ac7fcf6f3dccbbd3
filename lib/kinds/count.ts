import { kinds } from "#lib/kinds/all.ts";
import type { KindCounts, KindId, Source } from "#lib/kinds/kind.ts";

/** The preview: what a package of the source's scope would hold, by kind; rows exactly, bytes roughly. */
export async function countKinds(source: Source): Promise<KindCounts> {
  const counts: Partial<Record<KindId, { rows: number; bytes: number }>> = {};
  for (const kind of kinds.filter((candidate) => source.scope.kinds.includes(candidate.id))) {
    const rows = (await kind.tally(source)).reduce((sum, row) => sum + row.included, 0);
    counts[kind.id] = { rows, bytes: await kind.estimate(source, rows) };
  }
  return counts;
}
