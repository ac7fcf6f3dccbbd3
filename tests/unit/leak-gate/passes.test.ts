import { expect, it } from "vitest";
import { gateVerdict } from "#lib/leak-gate/verdict.ts";
import { judged, packed } from "#tests/fixtures/gate-package.ts";

it("a package as it must be passes, and the verdict says what was looked at", async () => {
  const zip = await packed();
  const verdict = await judged(zip);
  expect(verdict).toEqual({ version: 1, passed: true, files: 22, records: 7, bytes: zip.length, found: 0, findings: [] });
  expect(gateVerdict.parse(verdict)).toEqual(verdict);
});
