import { exclusions, type ExportScope, kindIds } from "#lib/kinds/kind.ts";
import type { LedgerTotals } from "./ledger.ts";
import type { Gap, GapCode } from "./manifest.ts";
import type { KindNote } from "./write-kinds.ts";
import type { Wording } from "./wording.ts";

interface Found {
  readonly scope: ExportScope;
  readonly totals: LedgerTotals;
  readonly missingMedia: readonly string[];
  readonly notes: readonly KindNote[];
}

/**
 * Everything the person might look for and not find, with the reason, the countable ones first.
 */
export function gapsOf({ scope, totals, missingMedia, notes }: Found, { t, note }: Pick<Wording, "t" | "note">): Gap[] {
  const gap = (code: GapCode, more: Partial<Gap> = {}): Gap => ({ code, ...more, why: t(`gaps.${code}.why`) });
  const gaps: Gap[] = exclusions.filter((code) => totals.excluded[code] > 0).map((code) => gap(code, { count: totals.excluded[code] }));
  if (missingMedia.length > 0) gaps.push(gap("MEDIA_MISSING", { kind: "media", count: missingMedia.length, mediaIds: missingMedia }));
  if (totals.tombstones > 0) gaps.push(gap("REDACTED", { count: totals.tombstones }));
  for (const each of notes) gaps.push({ code: "NOT_STORED", kind: each.kind, why: note(each) });
  for (const kind of kindIds.filter((id) => !scope.kinds.includes(id))) gaps.push(gap("NOT_ASKED", { kind }));
  if (scope.kinds.includes("media") && !scope.mediaFiles) gaps.push(gap("MEDIA_NOT_ASKED", { kind: "media" }));
  if (scope.kinds.includes("messages")) gaps.push(gap("ENCRYPTED", { kind: "messages" }));
  return [...gaps, gap("OTHERS"), gap("NOT_HELD")];
}

/** A row a gap with its name; kinds that were not asked for share one. */
export function gapRows(gaps: readonly Gap[], words: Pick<Wording, "t" | "kind" | "list">): (Gap & { readonly name: string })[] {
  const title = (gap: Gap) => (gap.kind ? words.kind(gap.kind, "title") : "");
  const skipped = gaps.filter((gap) => gap.code === "NOT_ASKED");
  const kinds = words.list(skipped.map(title));
  return gaps.filter((gap) => gap.code !== "NOT_ASKED" || gap === skipped[0])
    .map((gap) => ({ ...gap, name: words.t(`gaps.${gap.code}.name`, { kinds, kind: title(gap) }) }));
}
