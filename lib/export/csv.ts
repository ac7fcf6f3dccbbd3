import type { Cell } from "#lib/kinds/kind.ts";

/**
 * CSV for people with a spreadsheet: RFC 4180 (comma, quotes doubled, CRLF), UTF-8, one header line.
 *
 * A spreadsheet takes a text that begins with one of `= + - @` (or their full-width forms) for a formula, and one that is
 * set to another separator starts a new cell after `;`, a tab or a line break. So an apostrophe is
 * put before such a character, and before an apostrophe, at the start of a text and after each of
 * those separators. To get the original back, remove every apostrophe at those places (unguard()).
 */
// Both look behind instead of consuming: a separator may itself stand at the start of a text.
const guarded = /(?<=^|[;\t\r\n])(?=['=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/g;
const guards = /(?<=^|[;\t\r\n])'/g;
// Control characters mean something to terminals and nothing to a spreadsheet: shown as U+2400 ff. The exact bytes are in the NDJSON.
const controls = /[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g;

// Nothing to look at twice: almost every text. The two above cost more than all the rest.
const plain = /^(?!['=+\-@\uFF1D\uFF0B\uFF0D\uFF20])[^;\0-\x1F]*$/;

export function guard(text: string): string {
  if (plain.test(text)) return text;
  return text.replace(controls, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0))).replace(guarded, "'");
}

/** The inverse of guard(), but for control characters. */
export function unguard(text: string): string {
  return text.replace(guards, "");
}

/** Between commas: quoted where RFC 4180 asks for it, and at a lone CR or LF. */
function field(cell: Cell): string {
  if (cell === null) return "";
  if (cell instanceof Date) return iso(cell);
  if (typeof cell !== "string") return String(cell);
  const text = guard(cell.toWellFormed());
  return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
const special = /[",\r\n]/;

const dayMs = 86_400_000;
const digits = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, "0"));
const two = (number: number) => digits[number]?.slice(1) ?? "";
let lastDay = { number: NaN, text: "" };

/** As toISOString(), which goes through printf: a tenth of what a table of messages costs. Most moments are of the day of the one before. */
function iso(moment: Date): string {
  const at = moment.getTime();
  const day = Math.floor(at / dayMs);
  if (day !== lastDay.number) lastDay = { number: day, text: moment.toISOString().slice(0, -"00:00:00.000Z".length) };
  const seconds = Math.floor((at - day * dayMs) / 1000);
  return `${lastDay.text}${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${digits[at - day * dayMs - seconds * 1000] ?? ""}Z`;
}

export interface CsvWriter {
  readonly head: Buffer;
  rows(rows: Iterable<readonly Cell[]>): Buffer;
}

/** Most columns say again what they said in the row before: that is written once. */
export function csvWriter(columns: readonly string[]): CsvWriter {
  const last: (readonly [cell: Cell, text: string])[] = [];
  const line = (cells: readonly Cell[]) => {
    let text = "";
    for (let at = 0; at < cells.length; at += 1) {
      const cell = cells[at] ?? null;
      let known = last[at];
      if (known?.[0] !== cell) last[at] = known = [cell, field(cell)];
      text += at > 0 ? `,${known[1]}` : known[1];
    }
    return `${text}\r\n`;
  };
  return {
    head: Buffer.from(`${columns.map(field).join(",")}\r\n`),
    rows(rows) {
      let text = "";
      for (const cells of rows) text += line(cells);
      return Buffer.from(text);
    },
  };
}

/** Rows a chunk: more of them make a process of tables larger and not faster. */
const batchRows = 100;

/** The header and every row as chunks of bytes. `onRows` hears how many rows each chunk carries. */
export async function* csvBytes(
  columns: readonly string[], rows: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>, onRows: (rows: number) => void = () => undefined,
): AsyncGenerator<Buffer> {
  const csv = csvWriter(columns);
  yield csv.head;
  let batch: (readonly Cell[])[] = [];
  for await (const row of rows) {
    if (batch.push(row) < batchRows) continue;
    yield csv.rows(batch);
    onRows(batch.length);
    batch = [];
  }
  if (batch.length === 0) return;
  yield csv.rows(batch);
  onRows(batch.length);
}
