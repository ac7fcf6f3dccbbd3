import { cbc } from "@noble/ciphers/aes.js";
import { ed25519 } from "@noble/curves/ed25519.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { type Message, readMessage } from "./message.ts";
import { type Ratchet, turned } from "./ratchet.ts";
import type { Session } from "./session.ts";

/** Why a message stays closed; the words are under `viewer.locked.<reason>`. */
export type Locked = "no_key" | "too_early" | "damaged" | "unknown_method";

export type Opened = { readonly plaintext: string; readonly ratchet: Ratchet } | { readonly locked: Locked };

const info = new TextEncoder().encode("MEGOLM_KEYS");

/**
 * Decrypts one `m.megolm.v1.aes-sha2` ciphertext. Written by hand on audited primitives: the WASM builds of a Matrix
 * crypto library would need `wasm-unsafe-eval` in the page's policy.
 * @param near where the session was turned to last, to spare work; used when it is not past the message
 */
export function openMessage(session: Session, ciphertext: string, near: Ratchet = session.first): Opened {
  let message: Message;
  try {
    message = readMessage(ciphertext);
  } catch {
    return { locked: "damaged" };
  }
  if (message.index < session.first.index) return { locked: "too_early" };
  const ratchet = turned(near.index <= message.index ? near : session.first, message.index);
  const keys = hkdf(sha256, joined(ratchet.parts), new Uint8Array(0), info, 80);
  const mac = hmac(sha256, keys.subarray(32, 64), message.authenticated).subarray(0, message.mac.length);
  if (!same(mac, message.mac) || !ed25519.verify(message.signature, message.signed, session.signer)) return { locked: "damaged" };
  try {
    const plain = cbc(keys.subarray(0, 32), keys.subarray(64, 80)).decrypt(message.ciphertext);
    return { plaintext: new TextDecoder().decode(plain), ratchet };
  } catch {
    return { locked: "damaged" };
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(128);
  for (const [n, part] of parts.entries()) all.set(part, 32 * n);
  return all;
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
