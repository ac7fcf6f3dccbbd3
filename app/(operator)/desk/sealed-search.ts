import "server-only";
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { parseReference } from "#lib/requests/reference.ts";

/**
 * What an operator searches for may be somebody's Matrix ID, and addresses end up in logs and histories. So the search
 * stands in the address sealed (AES-256-GCM); a reference, which says nothing, stands there as it is.
 */
const mark = ".";
const isPlain = (text: string) => text === "" || parseReference(text) !== null;

export function sealSearch(secret: string, text: string): string {
  if (isPlain(text)) return text;
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyOf(secret), iv);
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return mark + Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url");
}

/** The text again; what was not sealed by us reads as no search at all. */
export function openSearch(secret: string, sealed: unknown): string {
  if (typeof sealed !== "string") return "";
  if (!sealed.startsWith(mark)) return isPlain(sealed) ? sealed : "";
  const bytes = Buffer.from(sealed.slice(1), "base64url");
  try {
    const decipher = createDecipheriv("aes-256-gcm", keyOf(secret), bytes.subarray(0, 12), { authTagLength: 16 });
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
  } catch {
    return "";
  }
}

function keyOf(secret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "matrix-privacy-portal", "desk-search", 32));
}
