import { randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { openFrames, sealFrames } from "./frames.ts";
import { newFrameKey } from "./keys.ts";
import { orFull, type Spool } from "./storage.ts";

/** In files of `folder` that lose their name before the first byte, so that the system takes them back with the process. */
export function spoolIn(folder: string): Spool {
  return async (plain) => {
    const file = await nameless(folder);
    const key = newFrameKey();
    let bytes = 0;
    async function* counted() {
      for await (const chunk of plain) {
        bytes += chunk.length;
        yield chunk;
      }
    }
    try {
      for await (const sealed of sealFrames(key, counted())) await file.writeFile(sealed);
    } catch (error) {
      await file.close();
      throw orFull(error);
    }
    return {
      read: () => openFrames(key, bytes, { start: 0, end: Math.max(0, bytes - 1) }, fromStart(file)),
      close: () => file.close(),
    };
  };
}

async function nameless(folder: string): Promise<FileHandle> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `spool-${randomUUID()}`);
  const file = await open(path, "wx+", 0o600);
  await rm(path);
  return file;
}

const readBytes = 256 * 1024;

/** One buffer for all of it: each piece is good until the next is asked for. */
async function* fromStart(file: FileHandle): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(readBytes);
  for (let at = 0; ; ) {
    const { bytesRead } = await file.read(buffer, 0, readBytes, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
