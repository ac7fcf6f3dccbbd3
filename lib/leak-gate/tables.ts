import { parse } from "csv-parse";
import { pipeline, Readable } from "node:stream";
import type { Case } from "./case.ts";
import { longestLine } from "./lines.ts";
import { isCountedByRoom, isEventRecord, isOwnWords, mustBeSubject } from "./sorts.ts";
import { isSecretName, suspectsIn } from "./suspects.ts";
import type { Told } from "./tally.ts";
import { judgeCopy, unquoted } from "./words.ts";

/** Rows of RFC 4180, the header first. An error of the format is an Error with `code`; what the source throws comes through. */
export async function* rowsOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string[]> {
  const rows = parse({ max_record_size: longestLine });
  pipeline(Readable.from(chunks, { objectMode: false }), rows, () => undefined);
  for await (const row of rows as AsyncIterable<string[]>) yield row.map(unguarded);
}

/** What a spreadsheet must not take for a formula stands behind an apostrophe, at the start and behind each separator. */
function unguarded(cell: string): string {
  return cell.includes("'") ? cell.replace(/(?<=^|[;\t\r\n])'/g, "") : cell;
}

/** Judges the rows of one table; a table of people is a copy of the records, and may hold no more than they do. */
export class TableJudge {
  private readonly columns: readonly string[];
  private readonly path: string;
  private readonly kind: string;
  private readonly look: Case;

  constructor(columns: readonly string[], path: string, kind: string, look: Case) {
    this.columns = columns;
    this.path = path;
    this.kind = kind;
    this.look = look;
  }

  judge(cells: readonly string[], line: number): Told {
    const { subject, findings, others } = this.look;
    const value = (name: string) => cells[this.columns.indexOf(name)] ?? "";
    const record = this.columns.includes("record") ? value("record") : null;
    for (const [index, name] of this.columns.entries()) {
      const cell = cells[index] ?? "";
      if (cell === "") continue;
      if (isSecretName(name)) findings.add("secret_field", this.path, line);
      if (mustBeSubject(this.kind, record, name) && cell !== subject) findings.add(name === "sender" ? "sender_foreign" : "user_foreign", this.path, line);
      else if (cell.startsWith("@")) others.add(unquoted(cell));
    }
    this.judgeWords(cells, line);
    const isEvent = isEventRecord(this.kind, record);
    return {
      record,
      room: isCountedByRoom(this.kind, record) ? value("room_id") || null : null,
      eventId: isEvent ? value("event_id") || null : null,
      tombstone: isEvent && value("redacted") !== "" && value("redacted") !== "false",
    };
  }

  private judgeWords(cells: readonly string[], line: number): void {
    if (suspectsIn(cells.join("\n")).length === 0) return;
    for (const [index, cell] of cells.entries()) {
      const bad = isOwnWords(this.columns[index] ?? "") ? judgeCopy(cell, this.look) === "token" : suspectsIn(cell).length > 0;
      if (bad) this.look.findings.add("token", this.path, line);
    }
  }
}
