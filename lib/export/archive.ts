import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import { deflater } from "./deflater.ts";
import { type Chunks, pieceMaker } from "./pieces.ts";
import { directoryRecord, endRecords, localHeader, sizesRecord } from "./zip-records.ts";

/** What stands in the archive: bytes and SHA-256 (hex) of the plain content; lines are counted on the way. */
export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly lines: number;
}

interface AddOptions {
  /** Without compression: media are compressed already. */
  readonly store?: boolean;
  readonly onLines?: (lines: number) => void;
}

/** A ZIP that comes into being while it is read: `bytes` must be consumed for `add` to go on. */
export interface Archive {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** One at a time: resolves when the entry is complete. `onLines` hears of line ends as they pass. */
  add(path: string, content: AsyncIterable<Uint8Array> | string | Buffer, options?: AddOptions): Promise<WrittenFile>;
  /** Writes the directory; without it the bytes are no archive. */
  finish(): Promise<void>;
  /** Breaks `bytes` off with the error, so that nobody takes the half for the whole. */
  fail(error: unknown): void;
}

const newline = 10;

function linesIn(chunk: Uint8Array): number {
  let lines = 0;
  for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, at + 1)) lines += 1;
  return lines;
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
  const pieces = pieceMaker();
  const { deflated, close } = deflater();
  bytes.once("close", close);
  // As text, one letter a byte: a small buffer would keep the 64 KiB it was cut from, with compressed bytes that nobody wants any more, until the archive ends.
  const directory: string[] = [];
  let offset = 0;
  const write = async (chunk: Uint8Array) => {
    offset += chunk.length;
    await put(chunk);
  };
  async function fill(path: string, content: Chunks, { store: stored = false, onLines }: AddOptions): Promise<WrittenFile> {
    const entry = { name: path, stored, at, offset };
    await write(localHeader(entry));
    const start = offset;
    const hash = createHash("sha256");
    let [crc, bytes, lines] = [0, 0, 0];
    const count = (chunk: Uint8Array) => {
      const ended = stored ? 0 : linesIn(chunk);
      lines += ended;
      onLines?.(ended);
    };
    async function* observed() {
      for await (const piece of pieces(content, count)) {
        hash.update(piece);
        crc = crc32(piece, crc);
        bytes += piece.length;
        yield piece;
      }
    }
    for await (const chunk of stored ? copied(observed()) : deflated(observed())) await write(chunk);
    const sizes = { crc, bytes, packedBytes: offset - start };
    await write(sizesRecord(sizes));
    directory.push(directoryRecord(entry, sizes).toString("latin1"));
    return { path, bytes, sha256: hash.digest("hex"), lines };
  }
  return {
    bytes,
    fail,
    async add(path, content, options = {}) {
      check();
      const chunks = typeof content === "string" || Buffer.isBuffer(content) ? [typeof content === "string" ? Buffer.from(content) : content] : content;
      return await whileRead(fill(path, chunks, options));
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

/** A piece is used again; who reads the archive may take its time. */
async function* copied(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield Buffer.from(piece);
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
