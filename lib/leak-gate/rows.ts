import { StringDecoder } from "node:string_decoder";
import { LineTooLong, longestLine } from "./lines.ts";

/** A table that is not written as RFC 4180 says. */
export class TableBroken extends Error {}

/** Rows of RFC 4180, the header first, by the letter: CRLF, doubled quotes, as many cells in each. Never more than what one row and one chunk take is held. */
export async function* rowsOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string[]> {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  let width = 0;
  const checked = (rows: string[][]) => {
    width ||= rows[0]?.length ?? 0;
    if (rows.some((row) => row.length !== width)) throw new TableBroken();
    return rows;
  };
  for await (const chunk of chunks) {
    rest += decoder.write(chunk);
    const { rows, end } = wholeRows(rest);
    yield* checked(rows);
    rest = rest.slice(end);
    if (rest.length > longestLine) throw new LineTooLong();
  }
  rest += decoder.end();
  if (rest === "") return;
  // The last row may go without its line break.
  rest += "\r\n";
  const { rows, end } = wholeRows(rest);
  if (end !== rest.length) throw new TableBroken();
  yield* checked(rows);
}

/** The rows that are whole, and where the one begins that is not. */
function wholeRows(text: string): { rows: string[][]; end: number } {
  const rows: string[][] = [];
  let at = 0;
  let quote = -1;
  for (;;) {
    const end = text.indexOf("\r\n", at);
    if (end < 0) return { rows, end: at };
    if (quote < at) quote = placeOf(text, '"', at);
    if (end < quote) {
      const line = text.slice(at, end);
      if (line.includes("\n") || line.includes("\r")) throw new TableBroken();
      rows.push(line.split(","));
      at = end + 2;
      continue;
    }
    const row = quotedRow(text, at);
    if (!row) return { rows, end: at };
    rows.push(row.cells);
    at = row.end;
  }
}

function placeOf(text: string, wanted: string, from: number): number {
  const at = text.indexOf(wanted, from);
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}

const special = /[,"\r\n]/g;

/** One row with quotes in it; null when it goes on behind the end. */
function quotedRow(text: string, from: number): { cells: string[]; end: number } | null {
  const cells: string[] = [];
  for (let at = from; ; at += 1) {
    const end = text[at] === '"' ? endOfQuoted(text, at) : endOfPlain(text, at);
    if (end < 0) return null;
    cells.push(text[at] === '"' ? text.slice(at + 1, end - 1).replaceAll('""', '"') : text.slice(at, end));
    at = end;
    if (text[at] === ",") continue;
    if (text[at] === "\r" && text[at + 1] === "\n") return { cells, end: at + 2 };
    if (at >= text.length - 1) return null;
    throw new TableBroken();
  }
}

/** Behind the closing quote; -1 when the text ends before anybody can tell. */
function endOfQuoted(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at >= 0 && at + 1 < text.length; at = text.indexOf('"', at + 2)) if (text[at + 1] !== '"') return at + 1;
  return -1;
}

function endOfPlain(text: string, from: number): number {
  special.lastIndex = from;
  const found = special.exec(text);
  if (found?.[0] === '"') throw new TableBroken();
  return found ? found.index : -1;
}
