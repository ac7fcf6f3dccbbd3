import type { Case } from "./case.ts";
import { isText, judgeCopies } from "./copies.ts";
import { isBalanced, type LedgerLine, ledgerPath, readLine } from "./ledger.ts";
import { linesOf } from "./lines.ts";
import { drain } from "./read-file.ts";
import { judgeRecord } from "./records.ts";
import { kindOfFile } from "./sorts.ts";
import { rowsOf, TableJudge } from "./tables.ts";

/** Reads one file and says how many records it holds, or null where nobody counts. */
export type Judge = (chunks: AsyncIterable<Buffer>, path: string, look: Case) => Promise<number | null>;

const mediaIndex = "data/media-files.csv";
const receiptFile = /^data\/receipts\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.(?:jsonld|pdf)$/;
const mediaFile = /^data\/media\/\d{6,}\.[a-z0-9]{1,8}$/;

/** Records first: they say what may stand in the copies. */
export function rankOf(path: string): number {
  if (path.endsWith(".ndjson")) return 0;
  return path.endsWith(".csv") ? 1 : 2;
}

/** How a file is looked at, by its place. What has none in `data` is not known to the gate, and so not released. */
export function judgeOf(path: string, ledger: LedgerLine[]): Judge | null {
  if (path === ledgerPath) return readLedger(ledger);
  if (path === mediaIndex) return judgeTable("media", false);
  const kind = kindOfFile(path);
  if (kind !== null) return path.endsWith(".ndjson") ? judgeLines(kind) : judgeTable(kind, true);
  if (path.endsWith(".ndjson") || (path.startsWith("data/") && !mediaFile.test(path) && !receiptFile.test(path))) return null;
  return async (chunks, _, look) => {
    await (isText(path) ? judgeCopies(chunks, path, look) : drain(chunks));
    return null;
  };
}

function judgeLines(kind: string): Judge {
  return async (chunks, path, look) => {
    let line = 0;
    for await (const bytes of linesOf(chunks)) {
      line += 1;
      const told = judgeRecord(bytes, { path, kind, line }, look);
      if (told && look.tally.add(kind, "lines", told)) look.findings.add("record_twice", path, line);
    }
    return line;
  };
}

function judgeTable(kind: string, counted: boolean): Judge {
  return async (chunks, path, look) => {
    let judge: TableJudge | undefined;
    let line = 0;
    for await (const cells of rowsOf(chunks)) {
      line += 1;
      if (!judge) {
        judge = new TableJudge(cells, path, kind, look);
        continue;
      }
      const told = judge.judge(cells, line);
      if (counted && look.tally.add(kind, "rows", told)) look.findings.add("record_twice", path, line);
    }
    return line - 1;
  };
}

function readLedger(ledger: LedgerLine[]): Judge {
  return async (chunks, path, { findings }) => {
    let header: readonly string[] | undefined;
    let number = 0;
    const seen = new Set<string>();
    for await (const cells of rowsOf(chunks)) {
      number += 1;
      if (!header) {
        header = cells;
        continue;
      }
      const line = readLine(header, cells);
      const name = JSON.stringify(cells.slice(0, 2));
      if (!line) findings.add("ledger_unreadable", path, number);
      else if (!isBalanced(line) || seen.has(name)) findings.add("ledger_unbalanced", path, number);
      if (line) ledger.push(line);
      seen.add(name);
    }
    return number - 1;
  };
}
