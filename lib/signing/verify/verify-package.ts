import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { checksums, isPayload, type SummedFile, unlisted } from "#lib/export/bag.ts";
import type { KeyList } from "#lib/signing/signature-file.ts";
import { checkSignature } from "./check-signature.ts";
import { digest } from "./digest.ts";
import type { PackedFile } from "./packed-file.ts";
import { type ReadManifest, readManifest } from "./read-manifest.ts";
import type { Verdict } from "./verdict.ts";

export interface Looker {
  readonly signal: AbortSignal;
  /** Plain bytes read so far, of all. */
  progress(done: number, total: number): void;
}

/** Larger ones are no manifest: it is the one file that is held in memory. */
const longestText = 512 * 2 ** 20;

/**
 * Holds every byte of a package against its manifest, and the manifest against its signature. Asks nobody
 * and trusts nothing in the archive: what the files are called and how long they claim to be is checked too.
 * @param files of the archive, folders left out
 * @param keys as published; null when they could not be had
 * @throws the reason of `looker.signal`
 */
export async function verifyPackage(files: readonly PackedFile[], keys: KeyList | null, looker: Looker): Promise<Verdict> {
  const folder = files.find((file) => /^[^/]+\/manifest\.json$/.test(file.path))?.path.replace("manifest.json", "");
  if (folder === undefined) return { kind: "not_ours" };
  const inFolder = new Map<string, PackedFile>();
  const surplus: string[] = [];
  for (const file of files) {
    const path = file.path.slice(folder.length);
    if (!file.path.startsWith(folder) || inFolder.has(path)) surplus.push(file.path);
    else inFolder.set(path, file);
  }
  const text = await textOf(inFolder.get("manifest.json"), looker.signal);
  const manifest = text === null ? "not_ours" : readManifest(text);
  if (text === null || typeof manifest === "string") return { kind: typeof manifest === "string" ? manifest : "not_ours" };

  const listed = new Set([...manifest.files.map((file) => file.path), ...unlisted]);
  surplus.push(...[...inFolder.keys()].filter((path) => !listed.has(path)));
  const { changed, missing } = await compare(manifest, text, inFolder, looker);
  const signatureFile = inFolder.get("signature.json");
  const signature = signatureFile ? ((await textOf(signatureFile, looker.signal)) ?? "") : null;
  return {
    kind: "checked",
    ...checkSignature(text, manifest.writtenAt, signature, keys),
    says: {
      subject: manifest.subject, server: manifest.server, reference: manifest.reference, controller: manifest.controller.name, writtenAt: manifest.writtenAt,
    },
    files: listed.size,
    bytes: manifest.files.reduce((sum, file) => sum + file.bytes, 0),
    changed,
    missing,
    surplus,
  };
}

/** Every file the manifest lists, then those after it: what stands in the bag's lists follows from the others. */
async function compare(manifest: ReadManifest, text: string, files: ReadonlyMap<string, PackedFile>, { signal, progress }: Looker) {
  const changed: string[] = [];
  const total = [...files.values()].reduce((sum, file) => sum + file.bytes, 0);
  let done = 0;
  const digestOf = async (path: string) => {
    const file = files.get(path);
    return file ? await digest(file, signal, (bytes) => progress((done += bytes), total)) : null;
  };
  for (const { path, sha256: expected } of manifest.files) {
    if (files.has(path) && (await digestOf(path)) !== expected) changed.push(path);
  }
  // Written in one way only: another one would be read differently by other programs (a key twice, say).
  if (`${JSON.stringify(JSON.parse(text), null, 2)}\n` !== text) changed.push("manifest.json");
  const summed = async (path: string): Promise<SummedFile> => ({ path, bytes: 0, sha256: (await digestOf(path)) ?? "" });
  const payload = manifest.files.filter(isPayload);
  const list = { path: "manifest-sha256.txt", bytes: 0, sha256: sha256Of(checksums(payload)) };
  const last = [await summed("manifest.json"), await summed("signature.json"), list];
  if (files.has(list.path) && (await digestOf(list.path)) !== list.sha256) changed.push(list.path);
  const whole = unlisted.every((path) => files.has(path));
  const tags = checksums([...manifest.files.filter((file) => !isPayload(file)), ...last]);
  if (whole && (await digestOf("tagmanifest-sha256.txt")) !== sha256Of(tags)) changed.push("tagmanifest-sha256.txt");
  const missing = [...manifest.files.map((file) => file.path), ...unlisted].filter((path) => !files.has(path));
  return { changed, missing };
}

function sha256Of(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** Null when there is no such file, or it is no UTF-8 of a length that can be held. */
async function textOf(file: PackedFile | undefined, signal: AbortSignal): Promise<string | null> {
  if (!file || file.bytes > longestText) return null;
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let text = "";
  try {
    for await (const piece of file.content(signal)) {
      text += decoder.decode(piece, { stream: true });
      // The length above is the archive's word.
      if (text.length > longestText) return null;
    }
    return text + decoder.decode();
  } catch {
    signal.throwIfAborted();
    return null;
  }
}
