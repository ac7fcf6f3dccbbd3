import { wholeLines } from "#lib/kinds/copied-lines.ts";
import { moment } from "#lib/kinds/days.ts";
import type { Cell } from "#lib/kinds/kind.ts";
import { type Readable, readable, readableContent } from "#lib/kinds/readable.ts";
import type { RoomName } from "#lib/kinds/room-names.ts";

/** What stands before the event in a line of own-events.ts, as far as a table wants it. */
interface Head {
  readonly event_id: string;
  readonly room_id: string;
  readonly type: string;
  readonly origin_server_ts: number | null;
  /** Only where it was redacted. */
  readonly redacted?: true;
  readonly redacted_by?: "self" | "other" | null;
  /** Where the event does not travel as it is. */
  readonly event_base64?: string;
}

/** Everything after it is the event, but for the last brace; inside a string its quotation marks would be escaped. */
const eventKey = ',"event":';

/**
 * Lines of events (NDJSON, in pieces cut anywhere) → a row each, in the order of the columns of messages.csv, then `ends`; those
 * of a piece together, since a step of its own for each row costs as much as the row. Pure: it runs in a process of its own.
 * An event that is no JSON has its head still.
 */
export async function* eventCells(pieces: AsyncIterable<Buffer>, rooms: readonly RoomName[], ends: readonly Cell[]): AsyncGenerator<readonly (readonly Cell[])[]> {
  const names = new Map(rooms.map((room) => [room.room_id, room]));
  const row = (line: string): readonly Cell[] => {
    const [head, seen] = atAGlance(line) ?? parsed(line);
    const room = names.get(head.room_id);
    return [
      head.room_id, room?.name ?? null, room?.room_type ?? null, moment(head.origin_server_ts), head.type, seen.msgtype, seen.body, seen.relation,
      seen.relatesTo, head.redacted ? (head.redacted_by ?? "yes") : null, head.event_id, ...ends,
    ];
  };
  for await (const lines of wholeLines(pieces)) yield lines.toString("utf8", 0, lines.length - 1).split("\n").map(row);
}

/**
 * Almost every line: a head without escapes, before the content whole objects only (so that it is the event's own), and content
 * that holds no other object. The names of JSON stand in quotation marks that no text has bare. Whatever follows is not looked at.
 */
const usual = /^\{"event_id":"([^"\\]*)","room_id":"([^"\\]*)","stream_ordering":-?\d+,(?:"backfilled":true,)?"type":"([^"\\]*)","origin_server_ts":(-?\d+),[^{]*"event":\{(?:[^{}]*\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\})*?(?:[^{}]*,)?"content":(\{[^{}]*\}),"/;

/** Much cheaper than to parse all of it: most of an event is for servers. Null: it must be. */
function atAGlance(line: string): [Head, Readable] | null {
  const found = usual.exec(line);
  if (!found) return null;
  const [all, event_id = "", room_id = "", type = "", at = "", content = ""] = found;
  // Of two members of one name the last counts.
  if (line.includes('content"', all.length) || line.includes("\\u00", all.length)) return null;
  try {
    return [{ event_id, room_id, type, origin_server_ts: Number(at) }, readableContent(JSON.parse(content))];
  } catch {
    return null;
  }
}

function parsed(line: string): [Head, Readable] {
  const at = line.indexOf(eventKey);
  if (at >= 0) return [JSON.parse(`${line.slice(0, at)}}`) as Head, readable(line.slice(at + eventKey.length, -1))];
  const head = JSON.parse(line) as Head;
  return [head, readable(head.event_base64 === undefined ? null : Buffer.from(head.event_base64, "base64").toString())];
}
