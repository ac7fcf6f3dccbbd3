import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

export type KeyPurpose = "code" | "code-hash" | "not-me" | "audit" | "recovery" | "calendar" | "memory" | "register" | "ask-code" | "ask" | "attachment";

/** HMAC-SHA256 under a key of its own for each purpose, derived from PORTAL_SECRET (decision 1). */
export function keyed(secret: string, purpose: KeyPurpose, text: string): Buffer {
  const key = hkdfSync("sha256", secret, "matrix-privacy-portal", purpose, 32);
  return createHmac("sha256", Buffer.from(key)).update(text).digest();
}

/** Takes the same time wherever the two differ. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
