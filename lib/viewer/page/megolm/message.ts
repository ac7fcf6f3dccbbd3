import { fromBase64 } from "./base64.ts";

/** The parts of a Megolm message. `signed` is what the signature covers, `authenticated` what the MAC covers. */
export interface Message {
  readonly index: number;
  readonly ciphertext: Uint8Array;
  readonly authenticated: Uint8Array;
  readonly mac: Uint8Array;
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

const macLength = 8;
const signatureLength = 64;

/**
 * Megolm specification, "Message format", version 3: tag 0x08 with the index, tag 0x12 with the ciphertext, then MAC
 * and signature. @throws when the bytes are not such a message
 */
export function readMessage(text: string): Message {
  const bytes = fromBase64(text);
  const end = bytes.length - macLength - signatureLength;
  if (bytes[0] !== 3 || end < 1) throw new RangeError("not a message of version 3");
  let at = 1;
  const varint = () => {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      if (at >= end) throw new RangeError("broken off");
      const byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError("number too long");
  };
  let index: number | null = null;
  let ciphertext: Uint8Array | null = null;
  while (at < end) {
    const tag = varint();
    const value = varint();
    if (tag === 0x08) index = value;
    if ((tag & 7) !== 2) continue;
    if (at + value > end) throw new RangeError("broken off");
    if (tag === 0x12) ciphertext = bytes.slice(at, at + value);
    at += value;
  }
  if (index === null || index > 0xffffffff || ciphertext === null) throw new RangeError("a part is missing");
  const signed = bytes.slice(0, end + macLength);
  return { index, ciphertext, authenticated: bytes.slice(0, end), mac: bytes.slice(end, end + macLength), signed, signature: bytes.slice(end + macLength) };
}
