import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";

/** Where a Megolm session stands: four parts of 32 bytes, and the index of the message they encrypt. */
export interface Ratchet {
  readonly index: number;
  readonly parts: readonly Uint8Array[];
}

/** H_n of the specification: HMAC-SHA-256 under the part, over the one byte n. */
const hash = (part: Uint8Array, n: number) => hmac(sha256, part, Uint8Array.of(n));

/**
 * The ratchet turned forward to `to` (>= its index), by the Megolm specification, "The Megolm ratchet algorithm": part n
 * moves every 2^(8·(3−n)) messages and renews the parts after it. Skipping costs at most some thousand hashes, however far.
 */
export function turned(from: Ratchet, to: number): Ratchet {
  const parts = [...from.parts];
  const part = (n: number) => parts[n] ?? new Uint8Array(32);
  let at = from.index;
  for (let n = 0; n < 4; n += 1) {
    const shift = 8 * (3 - n);
    const steps = (to >>> shift) - (at >>> shift);
    if (steps <= 0) continue;
    for (let step = 1; step < steps; step += 1) parts[n] = hash(part(n), n);
    for (let lower = 3; lower >= n; lower -= 1) parts[lower] = hash(part(n), lower);
    at = ((to >>> shift) << shift) >>> 0;
  }
  return { index: to, parts };
}
