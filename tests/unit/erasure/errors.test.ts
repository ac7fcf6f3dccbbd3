import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { erasureErrors } from "#lib/erasure/errors.ts";
import { erasureFailures } from "#lib/erasure/failures.ts";

const words = (namespace: string) => Object.keys(JSON.parse(readFileSync(`lib/messages/en/${namespace}.json`, "utf8")) as object);

test("every refusal and every failure of an erasure has its words", () => {
  expect(words("errors")).toEqual(expect.arrayContaining([...erasureErrors]));
  expect(words("failures")).toEqual(expect.arrayContaining([...erasureFailures]));
});
