import { endOfLine, unquoted, wholeLines } from "#lib/kinds/copied-lines.ts";
import { moment } from "#lib/kinds/days.ts";
import { field } from "#lib/kinds/json-view.ts";
import type { Cell, Source } from "#lib/kinds/kind.ts";
import { type ReadableRow, readableRows } from "#lib/kinds/own-events.ts";
import { type Readable, readable, readableContent } from "#lib/kinds/readable.ts";
import type { Arrival } from "#lib/kinds/verdict.ts";
import { identifier, join, sql } from "#lib/synapse-db/sql.ts";

/** Columns of a line's head, in this order. */
const head = ["room_id", "room_name", "room_type", "origin_server_ts", "type", "redacted", "event_id"] as const satisfies readonly (keyof ReadableRow)[];
type Head = readonly (string | null)[];

/**
 * The rows of readableRows() as they are stored, for readableCells(): `[[head],⇥event]`. The event is JSON if all went well,
 * and then so is the line; if not, the first tab of the line is where it begins, since none stands bare in a head.
 */
export async function* messageLines(source: Source, arrival: Arrival = "live"): AsyncGenerator<Buffer> {
  const columns = head.map((column) => sql`coalesce(to_json(r.${identifier(column)}::text)::text, 'null')`);
  yield* source.db.copy(sql`SELECT '[[' || ${join(columns, " || ',' || ")} || E'],\\t' || coalesce(r.json, 'null') || ']' FROM (${await readableRows(source, arrival)}) r`);
}

/** A row of the table a message. */
export const messageCells = (source: Source, arrival: Arrival = "live"): AsyncIterable<readonly Cell[]> => readableCells(messageLines(source, arrival));

/** Chunks of messageLines() → cells, in the order of the columns of messages.csv. Pure: it runs in a process of its own. */
export async function* readableCells(chunks: AsyncIterable<Buffer>): AsyncGenerator<readonly Cell[]> {
  for await (const bytes of wholeLines(chunks)) {
    for (const line of linesOf(bytes)) yield cellsOf(line);
  }
}

function* linesOf(bytes: Buffer): Generator<string> {
  if (!bytes.includes(0x01)) {
    const lines = bytes.toString().split("\n");
    lines.pop();
    yield* lines;
    return;
  }
  for (let at = 0; at < bytes.length; ) {
    const end = endOfLine(bytes, at);
    yield unquoted(bytes.subarray(at, end)).toString();
    at = end;
  }
}

function cellsOf(line: string): readonly Cell[] {
  const [[roomId, roomName, roomType, sentAt, type, redacted, eventId], seen] = parsed(line);
  return [
    roomId ?? null, roomName ?? null, roomType ?? null, moment(sentAt ?? null), type ?? null, seen.msgtype, seen.body, seen.relation,
    seen.relatesTo, redacted ?? null, eventId ?? null,
  ];
}

function parsed(line: string): [head: Head, seen: Readable] {
  try {
    const [columns, event, ...more] = JSON.parse(line) as [Head, unknown, ...unknown[]];
    if (more.length === 0) return [columns, readableContent(field(event, "content"))];
  } catch {
    // The event is not JSON: below it is looked at alone.
  }
  const tab = line.indexOf("\t");
  return [JSON.parse(line.slice(1, tab - 1)) as Head, readable(line.slice(tab + 1, -1))];
}
