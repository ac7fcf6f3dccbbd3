import { randomBytes } from "node:crypto";
import { readCrockford, writeCrockford } from "./crockford.ts";
import { keyed, sameText } from "./keys.ts";
import { day, minute } from "./timing.ts";

/** Limits of the second channel (issue 3 § 3; GHSA and CVE lessons in rights.md § 8). */
export const codeRules = {
  validFor: 10 * minute,
  tries: 5,
  /** Between two codes of a request. */
  pause: minute,
  perRequest: 5,
  /** Of one person, over all requests. */
  perDay: 15,
  aDay: day,
} as const;

/** What the row keeps instead of the code. */
export function newNonce(): string {
  return randomBytes(16).toString("base64url");
}

/** The same nonce gives the same code, so that a worker that crashed sends the same again. */
export function deriveCode(secret: string, nonce: string): string {
  return writeCrockford(keyed(secret, "code", nonce));
}

/** Keyed, and bound to the code's row. */
export function hashCode(secret: string, codeId: string, code: string): string {
  return keyed(secret, "code-hash", `${codeId}:${code}`).toString("hex");
}

/** As typed, to its plain form; null when it cannot be a code. */
export function parseCode(text: unknown): string | null {
  return typeof text === "string" ? readCrockford(text) : null;
}

/** In constant time. */
export function isCode(secret: string, codeId: string, code: string, hash: string): boolean {
  return sameText(hashCode(secret, codeId, code), hash);
}

/** When the next code may be asked for: null when there will be none for this request. `created`: of all its codes, oldest first. */
export function nextCodeAt(created: readonly Date[]): Date | null {
  const last = created.at(-1);
  if (!last) return new Date(0);
  return created.length >= codeRules.perRequest ? null : new Date(last.getTime() + codeRules.pause);
}
