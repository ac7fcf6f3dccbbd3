import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";

/**
 * Thumbprint of an Ed25519 key (RFC 7638): the same wherever and by whomever it is computed.
 * @param x its 32 public bytes in base64url (RFC 8037)
 */
export function thumbprint(x: string): string {
  return toBase64Url(sha256(utf8ToBytes(JSON.stringify({ crv: "Ed25519", kty: "OKP", x }))));
}

export function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Null when the text is not base64url without padding. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return null;
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}
