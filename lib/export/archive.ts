import { Readable } from "node:stream";
import { type Packed, packer, type PackOptions } from "./pack.ts";
import { directoryRecord, endRecords, localHeader, sizesRecord } from "./zip-records.ts";

/** What stands in the archive: bytes and SHA-256 (hex) of the plain content; lines are counted on the way. */
export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly lines: number;
}

/** A ZIP that comes into being while it is read: `bytes` must be consumed for `add` to go on; each chunk is the reader's own. */
export interface Archive {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** One at a time: resolves when the entry is complete. */
  add(path: string, content: AsyncIterable<Uint8Array> | string | Buffer, options?: PackOptions): Promise<WrittenFile>;
  /** The same for what was compressed elsewhere. */
  addPacked(path: string, packed: Packed): Promise<WrittenFile>;
  /** Writes the directory; without it the bytes are no archive. */
  finish(): Promise<void>;
  /** Breaks `bytes` off with the error, so that nobody takes the half for the whole. */
  fail(error: unknown): void;
}

/** Nobody reads the archive any more; why is the reader's to say. */
export class Abandoned extends Error {
  constructor() {
    super("the archive is no longer read");
    this.name = "Abandoned";
  }
}

/**
 * Written here rather than by a library: their streams keep each piece for as long as they like, so that none can be used
 * twice, and count CRC-32 in JavaScript. A third of the processor time of an entry was theirs.
 * @param at time written for every entry, in UTC
 */
export function openArchive(at: Date): Archive {
  const { bytes, put, end, fail, check, whileRead } = channel();
  const { pack, close } = packer();
  bytes.once("close", close);
  // As text, one letter a byte: a small buffer would keep the 64 KiB it was cut from, with compressed bytes that nobody wants any more, until the archive ends.
  const directory: string[] = [];
  let offset = 0;
  const write = async (chunk: Uint8Array) => {
    offset += chunk.length;
    await put(chunk);
  };
  async function fill(path: string, stored: boolean, { chunks, contents }: Packed): Promise<WrittenFile> {
    const entry = { name: path, stored, at, offset };
    await write(localHeader(entry));
    const start = offset;
    for await (const chunk of chunks) await write(chunk);
    const { bytes, sha256, crc, lines } = contents();
    const sizes = { crc, bytes, packedBytes: offset - start };
    await write(sizesRecord(sizes));
    directory.push(directoryRecord(entry, sizes).toString("latin1"));
    return { path, bytes, sha256, lines };
  }
  return {
    bytes,
    fail,
    async add(path, content, options = {}) {
      check();
      const chunks = typeof content === "string" || Buffer.isBuffer(content) ? [typeof content === "string" ? Buffer.from(content) : content] : content;
      return await whileRead(fill(path, options.store ?? false, pack(chunks, options)));
    },
    async addPacked(path, packed) {
      check();
      return await whileRead(fill(path, false, packed));
    },
    async finish() {
      const all = Buffer.from(directory.join(""), "latin1");
      const where = { offset, bytes: all.length };
      await write(all);
      await write(endRecords(directory.length, where));
      await end();
    },
  };
}

/** From who writes to who reads, one chunk at a time: `put` resolves when more is wanted, and rejects when nobody reads any more. */
function channel() {
  let failure: unknown = null;
  let go: () => void = () => undefined;
  const bytes = new Readable({ highWaterMark: 128 * 1024, read: () => go(), destroy: (error, back) => (go(), back(error)) });
  // Heard by who reads; without a listener it would end the process when nobody does.
  bytes.on("error", () => undefined);
  const check = () => {
    if (failure !== null || bytes.destroyed) throw failure ?? new Abandoned();
  };
  const put = async (chunk: Uint8Array) => {
    check();
    const waiting = new Promise<void>((resolve) => (go = resolve));
    if (bytes.push(chunk)) return;
    await waiting;
    check();
  };
  return {
    bytes, check, put,
    /** Gives up on what is under way as soon as nobody reads any more, whatever it waits for. */
    whileRead: <T>(work: Promise<T>) =>
      new Promise<T>((resolve, reject) => {
        const left = () => reject(failure ?? new Abandoned());
        bytes.once("close", left);
        void work.then(resolve, reject).finally(() => bytes.off("close", left));
      }),
    end: () =>
      new Promise<void>((resolve, reject) => {
        bytes.once("close", () => (bytes.readableEnded ? resolve() : reject(failure ?? new Abandoned())));
        bytes.push(null);
      }),
    fail: (error: unknown) => {
      failure ??= error;
      bytes.destroy(error instanceof Error ? error : new Error("the archive failed"));
    },
  };
}
