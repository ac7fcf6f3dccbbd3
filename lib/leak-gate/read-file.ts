import { createHash } from "node:crypto";
import type { BlockReader } from "./block-reader.ts";
import type { PackedFile, Zip } from "./zip.ts";

/** Where the ZIP's bytes come from. */
export type ByteSource = BlockReader | { readonly fd: number };

/** Throws on when the place of the bytes failed and not the ZIP: then nothing can be said of it. */
export function throwIfPlaceFailed(error: unknown, source: ByteSource): void {
  if ("failure" in source && source.failure !== null) throw source.failure;
  if (typeof error === "object" && error !== null && "syscall" in error) throw error;
}

export interface ReadFile {
  readonly bytes: number;
  readonly sha256: string;
}

/** The bytes of an entry are not as many as the directory says. */
class WrongLength extends Error {}

/** Gives a file's bytes to `consume`, counting and hashing them as they pass; all of them, also those it leaves. */
export async function readFile(zip: Zip, file: PackedFile, onBytes: (bytes: number) => void, consume: (chunks: AsyncIterable<Buffer>) => Promise<void>): Promise<ReadFile> {
  const hash = createHash("sha256");
  let bytes = 0;
  const stream = await zip.open(file);
  async function* passing(): AsyncGenerator<Buffer> {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
      // The directory says how many there are: more of them may never end.
      if (bytes > file.bytes) throw new WrongLength();
      onBytes(chunk.length);
      yield chunk;
    }
    if (bytes < file.bytes) throw new WrongLength();
  }
  await consume(passing());
  return { bytes, sha256: hash.digest("hex") };
}

/** Reads to the end and keeps nothing. */
export async function drain(chunks: AsyncIterable<Buffer>): Promise<void> {
  const each = chunks[Symbol.asyncIterator]();
  while (!(await each.next()).done);
}

/** A whole file as text, for the lists, whose length follows the number of files. Null when it is longer than `most`. */
export async function textOf(chunks: AsyncIterable<Buffer>, most: number): Promise<string | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > most) return null;
    parts.push(chunk);
  }
  return Buffer.concat(parts).toString("utf8");
}
