import { parse } from "csv-parse/sync";
import { exclusions } from "#lib/kinds/kind.ts";

/** A line of `scope-ledger.csv` as the person finds it. */
export interface LedgerLine {
  readonly kind: string;
  readonly room: string;
  readonly candidates: number;
  readonly included: number;
  readonly tombstones: number;
  readonly excluded: Readonly<Record<string, number>>;
}

export function readLedger(csv: string): LedgerLine[] {
  const rows: Record<string, string>[] = parse(csv, { columns: true, bom: true });
  return rows.map((row) => ({
    kind: row["kind"] ?? "",
    room: row["room"] ?? "",
    candidates: Number(row["candidates"]),
    included: Number(row["included"]),
    tombstones: Number(row["tombstones"]),
    excluded: Object.fromEntries(exclusions.map((code) => [code, Number(row[code])])),
  }));
}

/** Lines whose candidates are not what is included plus what is excluded. */
export function unbalanced(ledger: readonly LedgerLine[]): LedgerLine[] {
  return ledger.filter((line) => line.candidates !== line.included + Object.values(line.excluded).reduce((sum, n) => sum + n, 0));
}
