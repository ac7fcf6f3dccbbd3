import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { GiveUp } from "#lib/errors.ts";
import { keyed } from "#lib/requests/keys.ts";
import type { ErasureFailure } from "./failures.ts";
import type { Memory } from "./memory.ts";

const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM under a key of this request alone: nonce ‖ tag ‖ text. Whoever has only the database reads nothing. */
export function sealMemory(secret: string, requestId: string, memory: Memory): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", keyed(secret, "erasure-memory", requestId), nonce);
  const text = Buffer.concat([cipher.update(JSON.stringify(memory), "utf8"), cipher.final()]);
  return new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), text]));
}

/** @throws GiveUp "memory_unreadable" when the secret is another one by now, or the bytes are */
export function openMemory(secret: string, requestId: string, sealed: Uint8Array): Memory {
  try {
    const [nonce, tag, text] = [sealed.subarray(0, nonceBytes), sealed.subarray(nonceBytes, nonceBytes + tagBytes), sealed.subarray(nonceBytes + tagBytes)];
    const decipher = createDecipheriv("aes-256-gcm", keyed(secret, "erasure-memory", requestId), nonce);
    decipher.setAuthTag(tag);
    return JSON.parse(Buffer.concat([decipher.update(text), decipher.final()]).toString("utf8")) as Memory;
  } catch (cause) {
    throw new GiveUp("memory_unreadable" satisfies ErasureFailure, { cause });
  }
}
