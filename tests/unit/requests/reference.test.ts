import fc from "fast-check";
import { expect, test } from "vitest";
import { grouped, writeCrockford } from "#lib/requests/crockford.ts";
import { newReference, parseReference } from "#lib/requests/reference.ts";

test.each([
  [[0, 0, 0, 0, 0], "00000000"],
  [[255, 255, 255, 255, 255], "ZZZZZZZZ"],
  [[0, 0, 0, 0, 31], "0000000Z"],
  [[0x08, 0, 0, 0, 32], "10000010"],
  [[0, 0, 0, 0, 18, 99], "0000000J"],
])("%j is written as %s", (bytes, written) => {
  expect(writeCrockford(Uint8Array.from(bytes))).toBe(written);
});

test("a reference reads back however it is spelled", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 5, maxLength: 5 }), (bytes) => {
      const reference = newReference(() => bytes);
      expect(reference).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
      for (const spelled of [reference, grouped(reference), ` ${reference.toLowerCase()} `, [...reference].join(" "), reference.replaceAll("0", "o").replaceAll("1", "l")]) {
        expect(parseReference(spelled)).toBe(reference);
      }
    }),
    { numRuns: 200, seed: 7 },
  );
});

test.each(["", "7F3K29Q", "7F3K29QDD", "7F3K-29QU", "7F3K_29QD", "７F3K29QD", null, undefined, 12345678, ["7F3K29QD"], { toString: () => "7F3K29QD" }])(
  "%j is no reference",
  (text) => {
    expect(parseReference(text)).toBeNull();
  },
);

test("references do not repeat", () => {
  expect(new Set(Array.from({ length: 1000 }, () => newReference())).size).toBe(1000);
});
