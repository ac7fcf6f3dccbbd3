import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { type BlobStore, type ByteRange, orFull, StorageCorrupt } from "./storage.ts";

function errorCode(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "";
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}

async function writeAll(file: FileHandle, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const chunk of bytes) {
    let rest = chunk;
    while (rest.length > 0) {
      const { bytesWritten } = await file.write(rest);
      rest = rest.subarray(bytesWritten);
    }
  }
  await file.sync();
}

/**
 * Blobs as files of one folder, readable by the owner only. A file under its name is whole: it is
 * written beside as `<key>.<random>.part`, synced, then renamed. A part left by a kill -9 is listed
 * like a blob, so that the sweep of orphans removes it.
 */
export function diskBlobs(folder: string): BlobStore {
  const pathOf = (key: string) => join(folder, key);
  return {
    async put(key, bytes) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const part = pathOf(`${key}.${randomUUID()}.part`);
      try {
        const file = await open(part, "wx", 0o600);
        await writeAll(file, bytes).finally(() => file.close());
        await rename(part, pathOf(key));
        await syncFolder(folder);
      } catch (error) {
        await rm(part, { force: true });
        throw orFull(error);
      }
    },
    async get(key, range: ByteRange): Promise<Readable> {
      const path = pathOf(key);
      try {
        await stat(path);
      } catch (cause) {
        if (errorCode(cause) === "ENOENT") throw new StorageCorrupt({ cause });
        throw cause;
      }
      return createReadStream(path, { start: range.start, end: range.end, highWaterMark: 256 * 1024 });
    },
    async remove(key) {
      await rm(pathOf(key), { force: true });
    },
    async *list() {
      const names = await readdir(folder).catch((error: unknown) => {
        if (errorCode(error) === "ENOENT") return [];
        throw error;
      });
      for (const storageKey of names.sort()) {
        const facts = await stat(pathOf(storageKey)).catch(() => null);
        if (facts?.isFile()) yield { storageKey, modifiedAt: facts.mtime };
      }
    },
  };
}
