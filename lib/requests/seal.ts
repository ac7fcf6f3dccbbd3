import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { keyed, type KeyPurpose } from "./keys.ts";

const nonceBytes = 12;
const tagBytes = 16;

/**
 * AES-256-GCM under a key of one row alone, derived from PORTAL_SECRET: nonce, tag, content. What is moved to another row, or
 * read for another purpose, does not open.
 */
export function seal(secret: string, purpose: KeyPurpose, rowId: string, content: Uint8Array | string): Buffer<ArrayBuffer> {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", keyed(secret, purpose, rowId), nonce, { authTagLength: tagBytes });
  const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** @throws Error when it was altered, or sealed for another row, for another purpose or under another secret */
export function unseal(secret: string, purpose: KeyPurpose, rowId: string, sealed: Uint8Array): Buffer<ArrayBuffer> {
  const at = (from: number, to?: number) => sealed.subarray(from, to);
  const decipher = createDecipheriv("aes-256-gcm", keyed(secret, purpose, rowId), at(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAuthTag(at(nonceBytes, nonceBytes + tagBytes));
  return Buffer.concat([decipher.update(at(nonceBytes + tagBytes)), decipher.final()]);
}
