import { type Cell, type Column, exclusions, type Exclusion, type LedgerRow } from "#lib/kinds/kind.ts";

/** Sums over ledger lines; for one kind or for all. */
export interface LedgerTotals {
  readonly candidates: number;
  readonly included: number;
  readonly tombstones: number;
  readonly excluded: Readonly<Record<Exclusion, number>>;
}

/** A ledger that does not add up: a row was lost or taken twice, so the package must not be published. Names no room. */
export class LedgerUnbalanced extends Error {
  constructor(kind: string, why: string) {
    super(`the scope ledger of ${kind} does not balance: ${why}`);
    this.name = "LedgerUnbalanced";
  }
}

export const ledgerPath = "data/scope-ledger.csv";

/** Its columns; `room` is empty for what is not kept by room. */
export const ledgerColumns: readonly Column[] = [
  { name: "kind", type: "string" },
  { name: "room", type: "string" },
  ...["candidates", "included", "tombstones", ...exclusions].map((name) => ({ name, type: "integer" as const })),
];

export function ledgerCells(row: LedgerRow): readonly Cell[] {
  return [row.kind, row.room, row.candidates, row.included, row.tombstones, ...exclusions.map((code) => row.excluded[code] ?? 0)];
}

export function ledgerTotals(rows: readonly LedgerRow[]): LedgerTotals {
  const sum = (read: (row: LedgerRow) => number) => rows.reduce((total, row) => total + read(row), 0);
  return {
    candidates: sum((row) => row.candidates),
    included: sum((row) => row.included),
    tombstones: sum((row) => row.tombstones),
    excluded: Object.fromEntries(exclusions.map((code) => [code, sum((row) => row.excluded[code] ?? 0)])) as Record<Exclusion, number>,
  };
}

/** Every line: candidates = included + excluded by reason; no line twice. @throws LedgerUnbalanced */
export function checkBalance(rows: readonly LedgerRow[]): void {
  const seen = new Set<string>();
  for (const row of rows) {
    const numbers = [row.candidates, row.included, row.tombstones, ...Object.values(row.excluded)];
    if (!numbers.every((number) => Number.isSafeInteger(number) && number >= 0)) throw new LedgerUnbalanced(row.kind, "not a count");
    if (row.tombstones > row.included) throw new LedgerUnbalanced(row.kind, "more tombstones than rows");
    const sum = row.included + Object.values(row.excluded).reduce((total, count) => total + count, 0);
    if (sum !== row.candidates) throw new LedgerUnbalanced(row.kind, `${row.candidates} candidates, ${sum} accounted for`);
    const line = JSON.stringify([row.kind, row.room]);
    if (seen.has(line)) throw new LedgerUnbalanced(row.kind, "a room twice");
    seen.add(line);
  }
}
