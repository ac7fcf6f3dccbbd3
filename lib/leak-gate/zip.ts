import { pipeline, type Readable } from "node:stream";
import { createInflateRaw } from "node:zlib";
import { type Entry, fromFdPromise, fromRandomAccessReaderPromise, type ZipFile } from "yauzl";
import type { BlockReader } from "./block-reader.ts";
import type { Findings } from "./findings.ts";

/** A file of the package. */
export interface PackedFile {
  /** Relative to the top folder. */
  readonly path: string;
  readonly bytes: number;
  readonly entry: Entry;
}

export interface Zip {
  /** By path; the order is that of the bytes, so that reading them in turn reads each block once. */
  readonly files: ReadonlyMap<string, PackedFile>;
  /** Bytes as a reader would unpack them, however many they are. Errors are the ZIP's own, or the storage's. */
  open(file: PackedFile): Promise<Readable>;
}

/** matrix-data-<reference>; without a reference, matrix-data. */
const topFolder = /^matrix-data(?:-[A-Za-z0-9._-]{1,80})?$/;
const safeName = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;
/** Fields that give an entry another name (Info-ZIP Unicode Path) or make it a link. */
const renaming = new Set([0x7075, 0x6375, 0x756e]);
const encrypted = 0x1;
const deflated = 8;

/** The directory at the end of the ZIP is what counts; the names beside the bytes must be the same. */
export async function openZip(source: BlockReader | { readonly fd: number }, bytes: number, findings: Findings): Promise<Zip> {
  const options = { autoClose: false, decodeStrings: false, lazyEntries: true };
  const zip = await ("fd" in source ? fromFdPromise(source.fd, options) : fromRandomAccessReaderPromise(source, bytes, options));
  const files = new Map<string, PackedFile>();
  const names = new Set<string>();
  let top: string | undefined;
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) entries.push(entry);
  for (const entry of entries.sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)) {
    const name = (entry.fileName as unknown as Buffer).toString("latin1");
    const [folder = "", ...parts] = name.split("/");
    top ??= folder;
    const path = parts.join("/");
    if (!topFolder.test(folder) || folder !== top || parts.length === 0) findings.add("entry_outside", name);
    if (!parts.every((part) => safeName.test(part)) || !(await sameName(zip, entry))) findings.add("entry_name", path);
    if (!isPlainFile(entry)) findings.add("entry_type", path);
    // Some systems fold case: there the second would be written over the first.
    if (names.has(name.toLowerCase())) findings.add("entry_twice", path);
    else files.set(path, { path, bytes: entry.uncompressedSize, entry });
    names.add(name.toLowerCase());
  }
  return { files, open: async ({ entry }) => await unpacked(zip, entry) };
}

/** yauzl unpacks in chunks of 16 KiB: each is a trip through every judge. */
const chunkSize = 128 * 1024;

async function unpacked(zip: ZipFile, entry: Entry): Promise<Readable> {
  if (entry.compressionMethod !== deflated || (entry.generalPurposeBitFlag & encrypted) !== 0) return await zip.openReadStreamPromise(entry);
  const packed = await zip.openReadStreamPromise(entry, { decodeFileData: false });
  return pipeline(packed, createInflateRaw({ chunkSize }), () => undefined);
}

async function sameName(zip: ZipFile, entry: Entry): Promise<boolean> {
  const beside = await zip.readLocalFileHeaderPromise(entry);
  return beside.fileName.equals(entry.fileNameRaw) && !entry.extraFields.some((field) => renaming.has(field.id));
}

function isPlainFile(entry: Entry): boolean {
  const mode = (entry.externalFileAttributes >>> 16) & 0o170000;
  const folder = (entry.externalFileAttributes & 0x10) !== 0;
  return !folder && (mode === 0 || mode === 0o100000) && (entry.generalPurposeBitFlag & encrypted) === 0;
}
