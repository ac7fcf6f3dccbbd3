import { SynapseDbUnavailable } from "#lib/synapse-db/synapse-db.ts";

const newline = 0x0a;
const quote = 0x01;

/**
 * Chunks of Snapshot.copy() → chunks of whole lines, quoted where COPY quoted them; what they hold is not looked at. They
 * are views: each is good until the next is asked for.
 */
export async function* wholeLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const held = rest.includes(quote) || chunk.includes(quote);
    // The line begun in the last chunk is joined alone, so that the rest of this one is not copied.
    const first = held || rest.length === 0 ? 0 : chunk.indexOf(newline) + 1;
    if (first > 0) yield Buffer.concat([rest, chunk.subarray(0, first)]);
    const bytes = first > 0 ? chunk.subarray(first) : Buffer.concat([rest, chunk]);
    const end = held ? endOfLines(bytes) : bytes.lastIndexOf(newline) + 1;
    rest = Buffer.from(bytes.subarray(end));
    if (end > 0) yield bytes.subarray(0, end);
  }
  // COPY ends every row with a line break: anything else was cut off on the way.
  if (rest.length > 0) throw new SynapseDbUnavailable({ cause: new Error("a row was cut off") });
}

/** The value of a line, without its line break. */
export function unquoted(line: Buffer): Buffer {
  if (line[0] !== quote) return line.subarray(0, -1);
  return Buffer.from(line.toString("latin1", 1, line.length - 2).replaceAll("\x01\x01", "\x01"), "latin1");
}

/** Where the line that begins at `from` ends, its break included; 0 when it goes on in the next chunk. */
export function endOfLine(bytes: Buffer, from: number): number {
  let at = from;
  if (bytes[from] === quote) {
    at = bytes.indexOf(quote, from + 1);
    while (at >= 0 && at + 1 < bytes.length && bytes[at + 1] === quote) at = bytes.indexOf(quote, at + 2);
    if (at < 0 || at + 1 >= bytes.length) return 0;
  }
  return bytes.indexOf(newline, at) + 1;
}

/** Where the last whole line of the chunk ends; 0 when there is none. */
function endOfLines(bytes: Buffer): number {
  let end = 0;
  for (let next = endOfLine(bytes, 0); next > 0; next = endOfLine(bytes, next)) end = next;
  return end;
}
