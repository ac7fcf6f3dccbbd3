import { readSync } from "node:fs";

/** What two processes say to each other: the first chunk to a task is its order as JSON, the bytes of "failed" a CarriedError as JSON. */
export interface Packet {
  readonly type: PacketType;
  /** Reported with this packet; only a task reports any. */
  readonly records: number;
  readonly bytes: Buffer;
}

const types = ["chunk", "end", "failed"] as const;
export type PacketType = (typeof types)[number];

/** type(1) | records(4) | length(4), then the bytes. */
const headBytes = 9;

export function packetHead(type: PacketType, records: number, length: number): Buffer {
  const head = Buffer.alloc(headBytes);
  head[0] = types.indexOf(type);
  head.writeUInt32BE(records, 1);
  head.writeUInt32BE(length, 5);
  return head;
}

const lengthIn = (head: Buffer) => head.readUInt32BE(5);
const packetOf = (head: Buffer, bytes: Buffer): Packet => ({ type: types[head[0] ?? 0] ?? "failed", records: head.readUInt32BE(1), bytes });

/** Packets out of pieces cut anywhere, as pipes give them; half a packet at the end is none. */
export async function* packets(pieces: AsyncIterable<Buffer>): AsyncGenerator<Packet> {
  let head: Buffer = Buffer.alloc(0);
  let body: Buffer | null = null;
  let filled = 0;
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; ) {
      if (!body) {
        const more = piece.subarray(at, at + headBytes - head.length);
        head = head.length > 0 ? Buffer.concat([head, more]) : more;
        at += more.length;
        if (head.length < headBytes) break;
        const length = lengthIn(head);
        // Whole in this piece: a view of it. Else copied once into a buffer of the right size.
        const whole = at + length <= piece.length;
        body = whole ? piece.subarray(at, at + length) : Buffer.allocUnsafeSlow(length);
        filled = whole ? length : 0;
        if (whole) at += length;
      }
      const copied = piece.copy(body, filled, at, at + body.length - filled);
      filled += copied;
      at += copied;
      if (filled < body.length) break;
      yield packetOf(head, body);
      [head, body] = [Buffer.alloc(0), null];
    }
  }
}

/**
 * Packets from a pipe, for a process that has nothing to do but them: it stands still until there is one, and fills one buffer
 * again and again. Streams make a new one for each 64 KiB. Their bytes are good until the next is asked for.
 */
export function* packetsFrom(pipe: number): Generator<Packet> {
  const head = Buffer.alloc(headBytes);
  let body = Buffer.allocUnsafeSlow(256 * 1024);
  while (fill(pipe, head)) {
    const length = lengthIn(head);
    if (body.length < length) body = Buffer.allocUnsafeSlow(length);
    const bytes = body.subarray(0, length);
    if (!fill(pipe, bytes)) return;
    yield packetOf(head, bytes);
  }
}

/** False where the pipe ends before. */
function fill(pipe: number, buffer: Buffer): boolean {
  for (let at = 0; at < buffer.length; ) {
    const bytes = readSync(pipe, buffer, at, buffer.length - at, null);
    if (bytes === 0) return false;
    at += bytes;
  }
  return true;
}
