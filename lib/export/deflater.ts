import { constants, createDeflateRaw, type DeflateRaw } from "node:zlib";

/** Level 1: on this data 6 saves 2-6 % of the bytes and costs twice the processor time (measured, faults § 8). */
const level = 1;
/** The largest table of what was seen: a sixth less processor time than with 8, for 128 KiB (measured on 456 MB of lines). */
const memLevel = 9;
/** More than half of Buffer.poolSize: smaller ones are cut from a pool, and kept by whatever else was cut from it. */
const chunkSize = 64 * 1024;

/**
 * Compresses one content after the other, with one compressor that is used again: each of its own would leave window and
 * last buffer behind until the whole heap is collected, and a reading view has thousands of parts.
 */
export function deflater(): { deflated(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array>; close(): void } {
  let idle: DeflateRaw | null = null;
  let out: Uint8Array[] = [];
  const taken = () => {
    const ready = out;
    out = [];
    return ready;
  };
  const open = () => {
    out = [];
    // An error is told to who writes.
    return createDeflateRaw({ level, memLevel, chunkSize }).on("data", (chunk: Buffer) => out.push(chunk)).on("error", () => undefined);
  };
  return {
    /** One piece is compressed, by another thread, while the next is gathered. */
    async *deflated(pieces) {
      const deflate = idle ?? open();
      idle = null;
      try {
        let busy: Promise<void> = Promise.resolve();
        for await (const piece of pieces) {
          await busy;
          busy = done((back) => deflate.write(piece, back));
          yield* taken();
        }
        await busy;
        await done((back) => deflate.flush(constants.Z_FINISH, back));
        yield* taken();
        deflate.reset();
        idle = deflate;
      } finally {
        if (idle !== deflate) deflate.destroy();
      }
    },
    close: () => idle?.destroy(),
  };
}

/** Its failure is thrown where it is awaited, and nowhere when that is never. */
function done(start: (back: (error?: Error | null) => void) => void): Promise<void> {
  const promise = new Promise<void>((resolve, reject) => start((error) => (error ? reject(error) : resolve())));
  promise.catch(() => undefined);
  return promise;
}
