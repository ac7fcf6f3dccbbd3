import { createCipheriv, createDecipheriv } from "node:crypto";
import { giveBack } from "#lib/give-back.ts";
import { type ByteRange, StorageCorrupt } from "./storage.ts";

/**
 * AES-256-GCM in the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015): frames of 1 MiB, each
 * sealed under the nonce prefix(7) | counter(4) | last(1). The counter defeats reordering, the last
 * flag truncation, and a byte range needs only its own frames. Hand-written: no kept library has random access.
 */
export const frameBytes = 1024 * 1024;
export const prefixBytes = 7;
const tagBytes = 16;
const sealedFrameBytes = frameBytes + tagBytes;

/** A data key and the nonce prefix; both random, both used for one package only. */
export interface FrameKey {
  readonly key: Uint8Array;
  readonly prefix: Uint8Array;
}

function nonce(prefix: Uint8Array, counter: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.set(prefix);
  bytes.writeUInt32BE(counter, prefixBytes);
  bytes[11] = last ? 1 : 0;
  return bytes;
}

const sliceBytes = 128 * 1024;

/**
 * The sealed frame in two pieces, body and tag. A cipher makes anew what it answers, gigabytes of it in a long build, while
 * the collector sees small objects: so it answers slices, each given back at once.
 */
function sealFrame(key: FrameKey, counter: number, last: boolean, plain: Uint8Array, into: Buffer): [Buffer, Buffer] {
  const cipher = createCipheriv("aes-256-gcm", key.key, nonce(key.prefix, counter, last));
  for (let at = 0; at < plain.length; at += sliceBytes) {
    const slice = cipher.update(plain.subarray(at, at + sliceBytes));
    into.set(slice, at);
    giveBack(slice);
  }
  cipher.final();
  return [into.subarray(0, plain.length), cipher.getAuthTag()];
}

/** In slices, as above. */
function openFrame(key: FrameKey, counter: number, last: boolean, sealed: Buffer): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key.key, nonce(key.prefix, counter, last), { authTagLength: tagBytes });
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  const plain = Buffer.allocUnsafeSlow(sealed.length - tagBytes);
  for (let at = 0; at < plain.length; at += sliceBytes) {
    const slice = decipher.update(sealed.subarray(at, Math.min(at + sliceBytes, plain.length)));
    plain.set(slice, at);
    giveBack(slice);
  }
  try {
    decipher.final();
  } catch (cause) {
    throw new StorageCorrupt({ cause });
  }
  return plain;
}

/**
 * Cuts chunks of any size into pieces of exactly `size` bytes, the last one shorter; nothing for no input. Two buffers
 * take turns, so that a long build leaves no garbage of pieces: a piece is good until the next but one is asked for.
 */
async function* cut(chunks: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  let [piece, spare]: (Buffer | null)[] = [null, null];
  let held = 0;
  for await (const chunk of chunks) {
    let rest = chunk;
    while (rest.length > 0) {
      piece ??= Buffer.allocUnsafeSlow(size);
      const part = rest.subarray(0, size - held);
      piece.set(part, held);
      held += part.length;
      rest = rest.subarray(part.length);
      if (held < size) continue;
      yield piece;
      [piece, spare] = [spare, piece];
      held = 0;
    }
  }
  if (piece && held > 0) yield piece.subarray(0, held);
}

/** Plain bytes to sealed frames; each is good until the next is asked for. Holds one frame back, since only the end tells which is the last. */
export async function* sealFrames(key: FrameKey, plain: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let counter = 0;
  let waiting: Buffer | null = null;
  let into: Buffer | null = null;
  for await (const frame of cut(plain, frameBytes)) {
    if (waiting) yield* sealFrame(key, counter++, false, waiting, (into ??= Buffer.allocUnsafeSlow(frameBytes)));
    waiting = frame;
  }
  const rest = waiting ?? Buffer.alloc(0);
  yield* sealFrame(key, counter, true, rest, into ?? Buffer.allocUnsafeSlow(rest.length));
}

/** Bytes at rest for so many plain bytes: every frame carries a tag, and there is at least one frame. */
export function sealedLength(plainBytes: number): number {
  return plainBytes + frameCount(plainBytes) * tagBytes;
}

function frameCount(plainBytes: number): number {
  return Math.max(1, Math.ceil(plainBytes / frameBytes));
}

/** Where the frames of a plain range lie at rest. */
export function sealedRange(plainBytes: number, range: ByteRange): ByteRange {
  const start = Math.floor(range.start / frameBytes) * sealedFrameBytes;
  const end = (Math.floor(range.end / frameBytes) + 1) * sealedFrameBytes - 1;
  return { start, end: Math.min(end, sealedLength(plainBytes) - 1) };
}

/**
 * The inverse of sealFrames for the frames of `range`: `sealed` must be the bytes of sealedRange().
 * Throws StorageCorrupt, before anything of a bad frame is given out, on flipped, missing,
 * swapped or surplus bytes.
 */
export async function* openFrames(key: FrameKey, plainBytes: number, range: ByteRange, sealed: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const lastFrame = frameCount(plainBytes) - 1;
  const endFrame = Math.floor(range.end / frameBytes);
  let counter = Math.floor(range.start / frameBytes);
  for await (const frame of cut(sealed, sealedFrameBytes)) {
    const isLast = counter === lastFrame;
    const expected = (isLast ? plainBytes - counter * frameBytes : frameBytes) + tagBytes;
    if (counter > endFrame || frame.length !== expected) throw new StorageCorrupt();
    const plain = openFrame(key, counter, isLast, frame);
    const from = Math.max(0, range.start - counter * frameBytes);
    const to = Math.min(plain.length, range.end + 1 - counter * frameBytes);
    if (to > from) yield plain.subarray(from, to);
    counter += 1;
  }
  if (counter !== endFrame + 1) throw new StorageCorrupt();
}
