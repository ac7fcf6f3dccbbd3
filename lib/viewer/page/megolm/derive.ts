import { pbkdf2Async } from "@noble/hashes/pbkdf2.js";
import { sha512 } from "@noble/hashes/sha2.js";

/**
 * PBKDF2-HMAC-SHA-512, 64 bytes. The browser's own runs beside the page; where a page from a file has none
 * (`crypto.subtle` needs a secure context), ours does it in slices of 20 ms, so that the page stays alive.
 */
export async function derive(passphrase: string, salt: Uint8Array<ArrayBuffer>, rounds: number, subtle: SubtleCrypto | undefined = globalThis.crypto.subtle): Promise<Uint8Array> {
  const secret = new TextEncoder().encode(passphrase);
  if (!subtle) return pbkdf2Async(sha512, secret, salt, { c: rounds, dkLen: 64, asyncTick: 20 });
  const key = await subtle.importKey("raw", secret, "PBKDF2", false, ["deriveBits"]);
  return new Uint8Array(await subtle.deriveBits({ name: "PBKDF2", hash: "SHA-512", salt, iterations: rounds }, key, 512));
}
