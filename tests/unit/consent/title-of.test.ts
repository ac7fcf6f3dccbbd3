import { expect, test } from "vitest";
import { titleOf } from "#lib/consent/title-of.ts";
import { policiesFolder } from "#tests/fixtures/policies.ts";

const policy = { policies: policiesFolder };

test("a text is called by its own heading, in the reader's language where it has one", async () => {
  expect(await titleOf(policy, "terms", "de")).toEqual({ title: "Nutzungsbedingungen", language: "de" });
  expect(await titleOf(policy, "terms", "pl")).toEqual({ title: "Terms of use", language: "en" });
});

test("one that is gone by the name of its folder, whatever stands in the request", async () => {
  for (const gone of ["terms-of-2019", "../terms", ""]) expect(await titleOf(policy, gone, "de")).toEqual({ title: gone, language: null });
  expect(await titleOf({ policies: null }, "terms", "de")).toEqual({ title: "terms", language: null });
});
