import { exclusions, type ExportScope, kindsByDefault, type KindId } from "#lib/kinds/kind.ts";
import type { LedgerTotals } from "./ledger.ts";
import type { Gap, GapCode, KindSummary } from "./manifest.ts";
import type { KindNote } from "./write-kinds.ts";
import type { Wording } from "./wording.ts";

interface Found {
  readonly scope: ExportScope;
  readonly refused: readonly KindId[];
  readonly totals: LedgerTotals;
  readonly kinds: readonly KindSummary[];
  readonly missingMedia: readonly string[];
  readonly notes: readonly KindNote[];
  readonly unmapped: readonly string[];
}

/**
 * Everything the person might look for and not find, with the reason: first what nobody has looked at, then the countable ones.
 */
export function gapsOf({ scope, refused, totals, kinds, missingMedia, notes, unmapped }: Found, { t, note, kind }: Pick<Wording, "t" | "note" | "kind">): Gap[] {
  const option = { kind: kind("backfilled_own", "title") };
  const gap = (code: GapCode, more: Partial<Gap> = {}): Gap => ({ code, why: t(`gaps.${code}.why`, option), ...more });
  const excluded = { ...totals.excluded, BACKFILLED: leftBehind(scope, totals, kinds) };
  const othersOnly = scope.kinds.includes("backfilled_own") ? { why: t("gaps.BACKFILLED.whyOthers", option) } : {};
  const gaps: Gap[] = unmapped.length > 0 ? [{ code: "UNMAPPED", names: unmapped, why: t("gaps.UNMAPPED.why", { names: unmapped.join(", ") }) }] : [];
  const counted = exclusions.filter((code) => excluded[code] > 0)
    .map((code) => gap(code, { count: excluded[code], ...(code === "BACKFILLED" ? othersOnly : {}) }));
  gaps.push(...counted);
  if (missingMedia.length > 0) gaps.push(gap("MEDIA_MISSING", { kind: "media", count: missingMedia.length, mediaIds: missingMedia }));
  if (totals.tombstones > 0) gaps.push(gap("REDACTED", { count: totals.tombstones }));
  for (const each of notes) gaps.push({ code: "NOT_STORED", kind: each.kind, why: note(each) });
  for (const id of kindsByDefault.filter((each) => !scope.kinds.includes(each) && !refused.includes(each))) gaps.push(gap("NOT_ASKED", { kind: id }));
  for (const id of refused) gaps.push(gap("NOT_GRANTED", { kind: id, ...(kindsByDefault.includes(id) ? { why: t("gaps.NOT_GRANTED.whyLeftOut") } : {}) }));
  if (scope.kinds.includes("media") && !scope.mediaFiles) gaps.push(gap("MEDIA_NOT_ASKED", { kind: "media" }));
  if (scope.kinds.includes("messages")) gaps.push(gap("ENCRYPTED", { kind: "messages" }));
  return [...gaps, gap("OTHERS"), gap("NOT_HELD")];
}

/** What was fetched back and is nowhere in the package: where own messages of that sort are given, only what others did. */
function leftBehind({ kinds: asked }: ExportScope, totals: LedgerTotals, kinds: readonly KindSummary[]): number {
  if (!asked.includes("backfilled_own")) return totals.excluded.BACKFILLED;
  return kinds.filter(({ kind }) => kind !== "messages").reduce((sum, line) => sum + line.excluded.BACKFILLED, 0);
}

/** A row a gap with its name; kinds that were not asked for share one. */
export function gapRows(gaps: readonly Gap[], words: Pick<Wording, "t" | "kind" | "list">): (Gap & { readonly name: string })[] {
  const title = (gap: Gap) => (gap.kind ? words.kind(gap.kind, "title") : "");
  const skipped = gaps.filter((gap) => gap.code === "NOT_ASKED");
  const kinds = words.list(skipped.map(title));
  return gaps.filter((gap) => gap.code !== "NOT_ASKED" || gap === skipped[0])
    .map((gap) => ({ ...gap, name: words.t(`gaps.${gap.code}.name`, { kinds, kind: title(gap) }) }));
}
