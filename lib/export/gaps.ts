import { exclusions, type ExportScope, kindIds } from "#lib/kinds/kind.ts";
import type { Translate } from "#lib/messages/messages.ts";
import type { LedgerTotals } from "./ledger.ts";
import type { Gap, GapCode } from "./manifest.ts";

interface Found {
  readonly scope: ExportScope;
  readonly totals: LedgerTotals;
  readonly missingMedia: readonly string[];
}

/**
 * Everything the person might look for and not find, with the reason, the countable ones first.
 * @param t translator of the namespace `package`
 */
export function gapsOf({ scope, totals, missingMedia }: Found, t: Translate): Gap[] {
  const gap = (code: GapCode, more: Partial<Gap> = {}): Gap => ({ code, ...more, why: t(`gaps.${code}.why`) });
  const gaps: Gap[] = exclusions.filter((code) => totals.excluded[code] > 0).map((code) => gap(code, { count: totals.excluded[code] }));
  if (missingMedia.length > 0) gaps.push(gap("MEDIA_MISSING", { kind: "media", count: missingMedia.length, mediaIds: missingMedia }));
  if (totals.tombstones > 0) gaps.push(gap("REDACTED", { count: totals.tombstones }));
  for (const kind of kindIds.filter((id) => !scope.kinds.includes(id))) gaps.push(gap("NOT_ASKED", { kind }));
  if (scope.kinds.includes("media") && !scope.mediaFiles) gaps.push(gap("MEDIA_NOT_ASKED", { kind: "media" }));
  if (scope.kinds.includes("messages")) gaps.push(gap("ENCRYPTED", { kind: "messages" }));
  return [...gaps, gap("OTHERS"), gap("NOT_HELD")];
}
