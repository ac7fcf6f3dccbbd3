import { BlobReader, type FileEntry, ZipReader } from "@zip.js/zip.js/index-native.js";
import type { PackedFile } from "./packed-file.ts";

/**
 * The files of a ZIP, read piece by piece from where it lies, however large.
 * @throws when it is no ZIP, or its directory is damaged
 */
export async function openZip(zip: Blob): Promise<PackedFile[]> {
  // Without the library's workers: they come from blob: addresses, which the page's policy forbids.
  const entries = await new ZipReader(new BlobReader(zip), { useWebWorkers: false }).getEntries();
  return entries.filter((entry) => !entry.directory)
    .map((entry) => ({ path: entry.filename, bytes: entry.uncompressedSize, content: (signal) => contentOf(entry, signal) }));
}

async function* contentOf(entry: FileEntry, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const written = entry.getData(writable, { signal, useWebWorkers: false });
  // Heard of through the reader; a rejection nobody waits for would be reported as a fault of the page.
  written.catch(() => undefined);
  const reader = readable.getReader();
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
    await written;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
