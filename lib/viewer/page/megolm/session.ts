import { fromBase64, toBase64 } from "./base64.ts";
import type { Ratchet } from "./ratchet.ts";

/** One session of an encrypted room, from the first message its owner can read. */
export interface Session {
  readonly first: Ratchet;
  /** Ed25519 key whose signature every message of the session carries. */
  readonly signer: Uint8Array;
}

/**
 * An exported session key (Megolm specification, "Session export format"): version 1, index (4 bytes, big-endian),
 * ratchet (128), Ed25519 key (32). The id of a session is that key; one that does not match its id is refused.
 */
export function readSession(sessionId: string, sessionKey: string): Session | null {
  let bytes: Uint8Array;
  try {
    bytes = fromBase64(sessionKey);
  } catch {
    return null;
  }
  if (bytes.length !== 165 || bytes[0] !== 1) return null;
  const signer = bytes.slice(133);
  if (toBase64(signer) !== sessionId) return null;
  const index = new DataView(bytes.buffer).getUint32(1);
  return { first: { index, parts: [0, 1, 2, 3].map((n) => bytes.slice(5 + 32 * n, 37 + 32 * n)) }, signer };
}
