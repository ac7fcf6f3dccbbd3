import type { Findings } from "./findings.ts";
import type { Counts, Manifest } from "./manifest.ts";
import { comparable, type Form, type KindTally, type Tally } from "./tally.ts";

export const ledgerPath = "data/scope-ledger.csv";

const columns = ["kind", "room", "candidates", "included", "tombstones"];

export interface LedgerLine extends Counts {
  readonly kind: string;
  /** "" for what is not counted by room. */
  readonly room: string;
}

/** Each line: candidates = included + every excluded. @returns null when it cannot be read */
export function readLine(header: readonly string[], cells: readonly string[]): LedgerLine | null {
  const [kind = "", room = "", ...rest] = cells;
  const [candidates = NaN, included = NaN, tombstones = NaN, ...left] = rest.map((cell) => (/^\d{1,15}$/.test(cell) ? Number(cell) : NaN));
  const reasons = header.slice(columns.length);
  if (columns.some((name, index) => header[index] !== name) || left.length !== reasons.length || kind === "") return null;
  if ([candidates, included, tombstones, ...left].some((number) => Number.isNaN(number))) return null;
  return { kind, room: comparable(room), candidates, included, tombstones, excluded: Object.fromEntries(reasons.map((reason, index) => [reason, left[index] ?? 0])) };
}

export function isBalanced({ candidates, included, tombstones, excluded }: Counts): boolean {
  return candidates === included + Object.values(excluded).reduce((sum, count) => sum + count, 0) && tombstones <= included;
}

/** The sums of the lines are the manifest's, for each kind and for all; and what is said to be included is there, by kind and room, in both forms. */
export function judgeLedger(lines: readonly LedgerLine[], manifest: Manifest, tally: Tally, findings: Findings): void {
  if (!sameCounts(sum(lines), manifest.totals)) findings.add("totals_differ", ledgerPath);
  const kinds = new Map(manifest.kinds.map((each) => [each.kind, each]));
  for (const kind of new Set([...kinds.keys(), ...tally.kinds.keys(), ...lines.map((line) => line.kind)])) {
    const own = lines.filter((line) => line.kind === kind);
    const said = kinds.get(kind);
    if (!said || !sameCounts(sum(own), said)) findings.add("totals_differ", ledgerPath);
    const counted = tally.of(kind);
    const path = (form: Form) => (kind === "backfilled_own" ? "data/backfilled-own/messages" : `data/${kind}`) + (form === "lines" ? ".ndjson" : ".csv");
    for (const form of ["lines", "rows"] as const) if (!isCounted(own, counted[form])) findings.add("counts_differ", path(form));
    if (counted.lines.ids !== counted.rows.ids) findings.add("tables_differ", path("rows"));
  }
}

function isCounted(lines: readonly LedgerLine[], counted: KindTally): boolean {
  const expected = lines.filter((line) => line.included > 0);
  return expected.length === counted.rooms.size && expected.every(({ room, included, tombstones }) => {
    const found = counted.rooms.get(room);
    return found?.count === included && found.tombstones === tombstones;
  });
}

function sum(lines: readonly LedgerLine[]): Counts {
  const excluded: Record<string, number> = {};
  for (const line of lines) for (const [reason, count] of Object.entries(line.excluded)) excluded[reason] = (excluded[reason] ?? 0) + count;
  const of = (read: (line: LedgerLine) => number) => lines.reduce((total, line) => total + read(line), 0);
  return { candidates: of((line) => line.candidates), included: of((line) => line.included), tombstones: of((line) => line.tombstones), excluded };
}

function sameCounts(a: Counts, b: Counts): boolean {
  const reasons = new Set([...Object.keys(a.excluded), ...Object.keys(b.excluded)]);
  return a.candidates === b.candidates && a.included === b.included && a.tombstones === b.tombstones
    && [...reasons].every((reason) => (a.excluded[reason] ?? 0) === (b.excluded[reason] ?? 0));
}
