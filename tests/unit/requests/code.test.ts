import { expect, test } from "vitest";
import { codeRules, deriveCode, hashCode, isCode, newNonce, nextCodeAt, parseCode } from "#lib/requests/code.ts";
import { keyed } from "#lib/requests/keys.ts";
import { notMeKey } from "#lib/requests/not-me-key.ts";

const secret = "one secret of thirty-two characters";
const other = "another secret of thirty-two characters";
const id = "0192f0c0-0000-7000-8000-000000000001";

test("the same nonce and secret give the same code, any other a different one", () => {
  const nonce = newNonce();
  expect(deriveCode(secret, nonce)).toBe(deriveCode(secret, nonce));
  expect(deriveCode(secret, nonce)).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
  expect(deriveCode(other, nonce)).not.toBe(deriveCode(secret, nonce));
  expect(new Set(Array.from({ length: 500 }, () => deriveCode(secret, newNonce()))).size).toBe(500);
});

test("the hash tells neither the code nor fits another row or secret", () => {
  const hash = hashCode(secret, id, "7F3K29QD");
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(isCode(secret, id, "7F3K29QD", hash)).toBe(true);
  expect(isCode(secret, id, "7F3K29QE", hash)).toBe(false);
  expect(isCode(secret, id.replace("1", "2"), "7F3K29QD", hash)).toBe(false);
  expect(isCode(other, id, "7F3K29QD", hash)).toBe(false);
  expect(isCode(secret, id, "7F3K29QD", "")).toBe(false);
});

test("keys of one purpose are not keys of another", () => {
  const keys = (["code", "code-hash", "not-me"] as const).map((purpose) => keyed(secret, purpose, id).toString("hex"));
  expect(new Set(keys).size).toBe(3);
  expect(notMeKey(secret, id)).toMatch(/^[\w-]{24}$/);
  expect(notMeKey(secret, id)).not.toBe(notMeKey(other, id));
});

test.each([
  ["7f3k-29qd", "7F3K29QD"],
  [" 7F3K 29QD\n", "7F3K29QD"],
  ["7f3k‑29qd", "7F3K29QD"],
  ["oil0oil0", "01100110"],
])("%j is read as %s", (typed, code) => {
  expect(parseCode(typed)).toBe(code);
});

test.each(["", "7F3K29Q", "7F3K29QDX", "ÄF3K29QD", undefined, ["7F3K29QD"]])("%j is no code", (typed) => {
  expect(parseCode(typed)).toBeNull();
});

test("a new code may be asked for a minute after the last, five times in all", () => {
  const at = (seconds: number) => new Date(seconds * 1000);
  expect(nextCodeAt([at(0)])).toEqual(at(60));
  expect(nextCodeAt([at(0), at(70)])).toEqual(at(130));
  expect(nextCodeAt([0, 60, 120, 180].map(at))).toEqual(at(240));
  expect(nextCodeAt([0, 60, 120, 180, 240].map(at))).toBeNull();
  expect(codeRules).toMatchObject({ validFor: 600_000, tries: 5, pause: 60_000, perRequest: 5 });
});
