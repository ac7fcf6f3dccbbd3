import { endOfLine, unquoted, wholeLines } from "#lib/kinds/copied-lines.ts";
import { cutForeign, mayBeForeign } from "#lib/kinds/foreign.ts";

const newline = 0x0a;
/** Last key of a line as own-events.ts builds it; inside a string its quotation marks would be escaped. */
const eventKey = Buffer.from(',"event":');

/**
 * Chunks of COPY → NDJSON. Almost every byte passes untouched and unparsed; a line is opened only when it holds a raw
 * control character (its event then travels as base 64, byte for byte) or may hold state of other people.
 */
export async function* eventLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const bytes of wholeLines(chunks)) {
    if (!holdsControls(bytes) && !mayBeForeign(bytes)) {
      yield bytes;
      continue;
    }
    for (let at = 0; at < bytes.length; ) {
      const end = endOfLine(bytes, at);
      yield rewrite(bytes.subarray(at, end));
      at = end;
    }
  }
}

/** A control character other than the break between lines. Sixteen bytes at a look: this sees every byte that leaves. */
function holdsControls(bytes: Buffer): boolean {
  const { buffer, byteOffset, length } = bytes;
  const first = Math.min(length, -byteOffset & 3);
  const words = new Int32Array(buffer, byteOffset + first, ((length - first) >> 4) * 4);
  if (hasControl(bytes, 0, first) || hasControl(bytes, first + words.length * 4, length)) return true;
  for (let at = 0; at < words.length; at += 4) {
    const marks = below(words[at] ?? 0) | below(words[at + 1] ?? 0) | below(words[at + 2] ?? 0) | below(words[at + 3] ?? 0);
    if ((marks & -0x7f7f7f80) !== 0 && hasControl(bytes, first + at * 4, first + at * 4 + 16)) return true;
  }
  return false;
}

/** The highest bit of a byte below 0x20 comes out set; borrowing may set it for a neighbour too, so marked bytes are looked at singly. */
const below = (word: number): number => (word - 0x20202020) & ~word;

function hasControl(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x20 && byte !== newline) return true;
  }
  return false;
}

/** @param line with its line break */
function rewrite(line: Buffer): Buffer {
  if (!holdsControls(line) && !mayBeForeign(line)) return line;
  const row = unquoted(line);
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
