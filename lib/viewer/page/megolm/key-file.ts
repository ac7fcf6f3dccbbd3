import { ctr } from "@noble/ciphers/aes.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { fromBase64 } from "./base64.ts";
import { derive } from "./derive.ts";

/** Why a key file could not be opened; the words are under `viewer.keys.failed.<reason>`. */
export type KeyFileProblem = "not_a_key_file" | "wrong_passphrase";

const head = "-----BEGIN MEGOLM SESSION DATA-----";
const foot = "-----END MEGOLM SESSION DATA-----";
/** Apps use 100 000 to 500 000; a file that asks for far more would only keep the machine busy. */
const mostRounds = 10_000_000;

/**
 * Opens `element-keys.txt` (Client-Server API, "Key exports"): version 1, salt (16), IV (16), rounds (4), AES-256-CTR
 * ciphertext, HMAC-SHA-256 (32) of all before it. Returns the JSON inside.
 */
export async function openKeyFile(file: string, passphrase: string): Promise<{ json: string } | { problem: KeyFileProblem }> {
  const [from, to] = [file.indexOf(head), file.indexOf(foot)];
  if (from < 0 || to < from) return { problem: "not_a_key_file" };
  let bytes: Uint8Array;
  try {
    bytes = fromBase64(file.slice(from + head.length, to));
  } catch {
    return { problem: "not_a_key_file" };
  }
  if (bytes.length < 69 || bytes[0] !== 1) return { problem: "not_a_key_file" };
  const rounds = new DataView(bytes.buffer).getUint32(33);
  if (rounds < 1 || rounds > mostRounds) return { problem: "not_a_key_file" };
  const keys = await derive(passphrase, new Uint8Array(bytes.slice(1, 17)), rounds);
  const said = bytes.subarray(bytes.length - 32);
  const mac = hmac(sha256, keys.subarray(32), bytes.subarray(0, bytes.length - 32));
  if (!mac.every((byte, at) => byte === said[at])) return { problem: "wrong_passphrase" };
  const plain = ctr(keys.subarray(0, 32), bytes.slice(17, 33)).decrypt(bytes.slice(37, bytes.length - 32));
  return { json: new TextDecoder().decode(plain) };
}
