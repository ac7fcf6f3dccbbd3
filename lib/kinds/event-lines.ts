import { cutForeign, mayBeForeign } from "#lib/kinds/foreign.ts";
import { SynapseDbUnavailable } from "#lib/synapse-db/synapse-db.ts";

const newline = 0x0a;
const quote = 0x01;
/** Last key of a line as own-events.ts builds it; inside a string its quotation marks would be escaped. */
const eventKey = Buffer.from(',"event":');

/**
 * Chunks of COPY → NDJSON. Almost every byte passes untouched and unparsed; a line is opened only when it holds a raw
 * control character (its event then travels as base 64, byte for byte) or may hold state of other people.
 */
export async function* eventLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const held = rest.includes(quote) || chunk.includes(quote);
    // The line begun in the last chunk is joined alone, so that the rest of this one is not copied.
    const first = held || rest.length === 0 ? 0 : chunk.indexOf(newline) + 1;
    if (first > 0) yield* whole(Buffer.concat([rest, chunk.subarray(0, first)]));
    const bytes = first > 0 ? chunk.subarray(first) : Buffer.concat([rest, chunk]);
    const end = held ? endOfLines(bytes) : bytes.lastIndexOf(newline) + 1;
    rest = bytes.subarray(end);
    if (end > 0) yield* whole(bytes.subarray(0, end));
  }
  // COPY ends every row with a line break: anything else was cut off on the way.
  if (rest.length > 0) throw new SynapseDbUnavailable({ cause: new Error("a row was cut off") });
}

function* whole(bytes: Buffer): Generator<Buffer> {
  if (!holdsControls(bytes) && !mayBeForeign(bytes)) {
    yield bytes;
    return;
  }
  for (let at = 0; at < bytes.length; ) {
    const end = endOfLine(bytes, at);
    yield rewrite(bytes.subarray(at, end));
    at = end;
  }
}

/** A control character other than the break between lines. */
function holdsControls(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x20 && byte !== newline) return true;
  }
  return false;
}

/** @param line with its line break */
function rewrite(line: Buffer): Buffer {
  if (!holdsControls(line) && !mayBeForeign(line)) return line;
  const row = line[0] === quote ? unquoted(line) : line.subarray(0, -1);
  const at = row.indexOf(eventKey);
  if (at < 0) return line;
  const head = row.subarray(0, at);
  const cut = cutForeign(row.subarray(at + eventKey.length, -1));
  if (!cut) return Buffer.concat([head, Buffer.from(',"withheld":"unreadable"}\n')]);
  const said = cut.paths.length > 0 ? `,"cut":${JSON.stringify(cut.paths)}` : "";
  const raw = cut.bytes.includes(newline) || holdsControls(cut.bytes);
  const event = raw ? [Buffer.from(`,"event_base64":"${cut.bytes.toString("base64")}"`)] : [eventKey, cut.bytes];
  return Buffer.concat([head, Buffer.from(said), ...event, Buffer.from("}\n")]);
}

function unquoted(line: Buffer): Buffer {
  return Buffer.from(line.toString("latin1", 1, line.length - 2).replaceAll("\x01\x01", "\x01"), "latin1");
}

/** Where the last whole line of the chunk ends; 0 when there is none. */
function endOfLines(bytes: Buffer): number {
  let end = 0;
  for (let next = endOfLine(bytes, 0); next > 0; next = endOfLine(bytes, next)) end = next;
  return end;
}

/** Where the line that begins at `from` ends, its break included; 0 when it goes on in the next chunk. */
function endOfLine(bytes: Buffer, from: number): number {
  let at = from;
  if (bytes[from] === quote) {
    at = bytes.indexOf(quote, from + 1);
    while (at >= 0 && at + 1 < bytes.length && bytes[at + 1] === quote) at = bytes.indexOf(quote, at + 2);
    if (at < 0 || at + 1 >= bytes.length) return 0;
  }
  return bytes.indexOf(newline, at) + 1;
}
