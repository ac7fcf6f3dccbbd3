import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { deflater } from "./deflater.ts";
import { type Chunks, pieceMaker } from "./pieces.ts";

/** Of the plain content: SHA-256 as hex, and how many lines end in it. */
export interface Contents {
  readonly bytes: number;
  readonly sha256: string;
  readonly crc: number;
  readonly lines: number;
}

/** The bytes of an entry of the archive. */
export interface Packed {
  /** Each is the reader's own. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Once, when all chunks are read. */
  contents(): Contents;
}

export interface PackOptions {
  /** Without compression: media are compressed already. */
  readonly store?: boolean;
  readonly onLines?: (lines: number) => void;
}

const newline = 10;

function linesIn(chunk: Uint8Array): number {
  let lines = 0;
  for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, at + 1)) lines += 1;
  return lines;
}

/** Hashes and compresses one content after the other, with buffers and a compressor that are used again. `onLines` hears of line ends as they pass. */
export function packer(): { pack(content: Chunks, options?: PackOptions): Packed; close(): void } {
  const pieces = pieceMaker();
  const { deflated, close } = deflater();
  return {
    close,
    pack(content, { store: stored = false, onLines } = {}) {
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
      return { chunks: stored ? copied(observed()) : deflated(observed()), contents: () => ({ bytes, sha256: hash.digest("hex"), crc, lines }) };
    },
  };
}

/** A piece is used again; who reads the chunks may take their time. */
async function* copied(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield Buffer.from(piece);
}
