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
  if (cell instanceof Date) return cell.toISOString();
  if (typeof cell !== "string") return String(cell);
  const text = guard(cell.toWellFormed());
  return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
const special = /[",\r\n]/;

function line(cells: readonly Cell[]): string {
  return `${cells.map(field).join(",")}\r\n`;
}

/** Rows a chunk: more of them make a process of tables larger and not faster. */
const batchRows = 100;

/** The header and every row as chunks of bytes. `onRows` hears how many rows each chunk carries. */
export async function* csvBytes(
  columns: readonly string[], rows: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>, onRows: (rows: number) => void = () => undefined,
): AsyncGenerator<Buffer> {
  yield Buffer.from(line(columns));
  let [batch, held] = ["", 0];
  for await (const row of rows) {
    batch += line(row);
    held += 1;
    if (held < batchRows) continue;
    yield Buffer.from(batch);
    onRows(held);
    [batch, held] = ["", 0];
  }
  if (held === 0) return;
  yield Buffer.from(batch);
  onRows(held);
}
