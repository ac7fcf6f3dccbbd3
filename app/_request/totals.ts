import type { ExportScope, KindCounts } from "#lib/kinds/kind.ts";

/** Rows and bytes of the chosen kinds together. Media files weigh only when they come along. */
export function totals(counts: KindCounts | null, scope: Pick<ExportScope, "kinds" | "mediaFiles">): { readonly rows: number; readonly bytes: number } {
  let rows = 0;
  let bytes = 0;
  for (const kind of scope.kinds) {
    const count = counts?.[kind];
    if (!count) continue;
    rows += count.rows;
    if (kind !== "media" || scope.mediaFiles) bytes += count.bytes;
  }
  return { rows, bytes };
}
