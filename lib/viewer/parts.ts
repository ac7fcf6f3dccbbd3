import { type Category, categories, categoryOf } from "./category.ts";
import { clientEvent } from "./client-event.ts";
import { field, number, text } from "./page/json.ts";
import { wrapped } from "./wrapped.ts";

/** One room in the parts: `events` of them from place `at` of part `part` on, running over into the parts after it. */
export interface RoomRun {
  readonly id: string;
  events: number;
  readonly part: number;
  readonly at: number;
  /** Earliest and latest moment (ms) of those that name one. */
  first: number | null;
  last: number | null;
}

/** What the last chunk of viewerParts() says. */
export interface Outline {
  /** Events in each part, in order: `parts[0]` is that of part 1. */
  readonly parts: readonly number[];
  readonly rooms: readonly RoomRun[];
  readonly counts: Readonly<Record<Category, number>>;
}

const mostEvents = 2000;
const mostBytes = 1 << 20;
const newline = 0x0a;

export function partName(part: number): string {
  return `messages-${String(part).padStart(4, "0")}`;
}

/**
 * Lines of `messages.ndjson` (by room, then in order of arrival) → one chunk a file `viewer/messages-0001.js` and on, and
 * at last the Outline as JSON. Pure, and flat: held are one part and a few numbers a room.
 */
export async function* viewerParts(input: AsyncIterable<Buffer>, { subject }: { readonly subject: string }): AsyncGenerator<Buffer> {
  const parts: number[] = [];
  const rooms: RoomRun[] = [];
  const counts = Object.fromEntries(categories.map((name) => [name, 0])) as Record<Category, number>;
  let texts: string[] = [];
  let bytes = 0;
  const part = () => {
    const file = Buffer.from(wrapped(partName(parts.push(texts.length)), texts));
    texts = [];
    bytes = 0;
    return file;
  };
  for await (const line of lines(input)) {
    const event = clientEvent(line, subject);
    const json = JSON.stringify(event);
    const id = text(event, "room_id") ?? "";
    let room = rooms.at(-1);
    if (room?.id !== id) rooms.push((room = { id, events: 0, part: parts.length + 1, at: texts.length, first: null, last: null }));
    count(room, event);
    counts[categoryOf(event)] += 1;
    texts.push(json);
    bytes += json.length;
    if (texts.length >= mostEvents || bytes >= mostBytes) yield part();
  }
  if (texts.length > 0) yield part();
  yield Buffer.from(JSON.stringify({ parts, rooms, counts } satisfies Outline));
}

/** Years that make sense to a calendar; senders choose theirs. */
const latest = 253_402_300_799_999;

function count(room: RoomRun, event: unknown): void {
  room.events += 1;
  const at = number(event, "origin_server_ts") ?? number(field(event, "unsigned", "redacted"), "at");
  if (at === null || at < 0 || at > latest) return;
  room.first = Math.min(room.first ?? at, at);
  room.last = Math.max(room.last ?? at, at);
}

async function* lines(input: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of input) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let from = 0;
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, from)) {
      yield bytes.toString("utf8", from, end);
      from = end + 1;
    }
    rest = Buffer.from(bytes.subarray(from));
  }
  if (rest.length > 0) yield rest.toString("utf8");
}
