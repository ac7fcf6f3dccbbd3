import { expect, test } from "vitest";
import { missingSql } from "./schema-engine.ts";

test("the migrations lead to exactly the schema (else: node tests/architecture/write-migration.ts)", async () => {
  expect(await missingSql("migrations")).toBe("");
});
