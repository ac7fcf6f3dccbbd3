import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { keyed } from "#lib/requests/keys.ts";
import type { Memory } from "./memory.ts";

const nonceBytes = 12;
const tagBytes = 16;

/**
 * AES-256-GCM under a key of this request alone, derived from PORTAL_SECRET: nonce, tag, text. A memory moved to another row does
 * not open.
 */
export function sealMemory(secret: string, requestId: string, memory: Memory): Buffer<ArrayBuffer> {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", keyed(secret, "memory", requestId), nonce, { authTagLength: tagBytes });
  const text = Buffer.concat([cipher.update(JSON.stringify(memory)), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

/** @throws Error when it was altered, or sealed for another request or under another secret */
export function openMemory(secret: string, requestId: string, sealed: Uint8Array): Memory {
  const at = (from: number, to?: number) => sealed.subarray(from, to);
  const decipher = createDecipheriv("aes-256-gcm", keyed(secret, "memory", requestId), at(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAuthTag(at(nonceBytes, nonceBytes + tagBytes));
  return JSON.parse(Buffer.concat([decipher.update(at(nonceBytes + tagBytes)), decipher.final()]).toString()) as Memory;
}
