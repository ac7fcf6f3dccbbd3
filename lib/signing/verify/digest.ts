import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { PackedFile } from "./packed-file.ts";

/** A page that hashes for minutes must still draw and be stoppable: it rests after so many bytes. */
const restBytes = 4 * 2 ** 20;

/**
 * SHA-256 (hex) of a file as it unpacks; null when it does not.
 * @throws the reason of `signal`
 */
export async function digest(file: PackedFile, signal: AbortSignal, onBytes: (bytes: number) => void): Promise<string | null> {
  const hash = sha256.create();
  let sinceRest = 0;
  try {
    for await (const piece of file.content(signal)) {
      signal.throwIfAborted();
      hash.update(piece);
      onBytes(piece.length);
      sinceRest += piece.length;
      if (sinceRest < restBytes) continue;
      sinceRest = 0;
      await new Promise((resolve) => setTimeout(resolve));
    }
  } catch {
    signal.throwIfAborted();
    return null;
  }
  return bytesToHex(hash.digest());
}
