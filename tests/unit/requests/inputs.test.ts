import { expect, test } from "vitest";
import { DomainError } from "#lib/errors.ts";
import { kindsByDefault } from "#lib/kinds/kind.ts";
import { denialReasons, denialReasonsFor } from "#lib/requests/denial-reasons.ts";
import { requestErrors } from "#lib/requests/errors.ts";
import { denyInput, exportInput, parseInput, releaseInput } from "#lib/requests/inputs.ts";

const fieldsOf = (schema: Parameters<typeof parseInput>[0], input: unknown) => {
  try {
    parseInput(schema, input);
  } catch (error) {
    if (error instanceof DomainError) return { reason: `${error.code} ${error.reason}`, ...error.fields };
    throw error;
  }
  return null;
};

test("a form's fields become a scope, the kinds in the order of the package and once", () => {
  const form = { kinds: ["messages", "account", "messages"], from: "2024-02-29", to: "", mediaFiles: "yes", other: "x" };
  expect(parseInput(exportInput, form)).toEqual({ kinds: ["account", "messages"], from: "2024-02-29", to: null, mediaFiles: true });
  expect(parseInput(exportInput, { kinds: "media", mediaFiles: "no" })).toEqual({ kinds: ["media"], from: null, to: null, mediaFiles: false });
  expect(parseInput(exportInput, { kinds: kindsByDefault, from: "2024-01-01", to: "2024-01-01", mediaFiles: true })).toMatchObject({ kinds: [...kindsByDefault] });
});

test.each([
  [{ kinds: [], mediaFiles: true }, { kinds: "kinds_required" }],
  [{ mediaFiles: true }, { kinds: "kinds_required" }],
  [{ kinds: ["passwords"], mediaFiles: true }, { kinds: "kinds_unknown" }],
  [{ kinds: "media", mediaFiles: "perhaps" }, { mediaFiles: "media_choice" }],
  [{ kinds: "media" }, { mediaFiles: "media_choice" }],
  [{ kinds: "media", mediaFiles: true, from: "2023-02-29" }, { from: "date_format" }],
  [{ kinds: "media", mediaFiles: true, from: "01.02.2023" }, { from: "date_format" }],
  [{ kinds: "media", mediaFiles: true, from: "2024-05-02", to: "2024-05-01" }, { to: "date_order" }],
  [{ kinds: [], mediaFiles: "", from: "x", to: "y" }, { kinds: "kinds_required", mediaFiles: "media_choice", from: "date_format", to: "date_format" }],
  [null, {}],
])("%j is told by field", (input, fields) => {
  const told = fieldsOf(exportInput, input);
  expect(told).toMatchObject({ reason: "invalid form", ...fields });
  if (input !== null) for (const key of Object.values(fields)) expect(requestErrors).toContain(key);
});

const reason = "manifestly_excessive";
const text = "You asked for the same copy four times this week.";

test("a refusal's words are kept as written, line ends made plain", () => {
  expect(parseInput(denyInput, { reason, text: `  ${text}\r\nRegards  ` })).toEqual({ reason, text: `${text}\nRegards` });
});

test.each([
  [{ reason: "because", text }, { reason: "denial_reason" }],
  [{ text }, { reason: "denial_reason" }],
  [{ reason, text: "No." }, { text: "denial_text_short" }],
  [{ reason, text: `   ${"\n".repeat(30)}` }, { text: "denial_text_short" }],
  [{ reason }, { text: "denial_text_short" }],
  [{ reason, text: "x".repeat(4001) }, { text: "denial_text_long" }],
  [{ reason, text: `${text}\0` }, { text: "text_characters" }],
  [{ reason, text: `${text}\u001b[2J` }, { text: "text_characters" }],
  [{ reason, text: `${text}\ud800` }, { text: "text_characters" }],
])("%j is told by field", (input, fields) => {
  expect(fieldsOf(denyInput, input)).toEqual({ reason: "invalid form", ...fields });
});

test("a release names one of the known reasons", () => {
  expect(parseInput(releaseInput, { reason: "person_confirmed" })).toEqual({ reason: "person_confirmed" });
  expect(fieldsOf(releaseInput, { reason: "because" })).toEqual({ reason: "release_reason" });
});

test("an export is refused for five reasons, none of them for erasure", () => {
  expect(denialReasonsFor("export").map(({ code }) => code)).toEqual(denialReasons.map(({ code }) => code));
  expect(denialReasonsFor("erasure")).toEqual([]);
  for (const { iri } of denialReasons) expect(iri ?? "https://w3id.org/dpv/legal/eu/gdpr#JustificationA12").toMatch(/^https:\/\/w3id\.org\/dpv\/legal\/eu\/gdpr#JustificationA12\w*$/);
});
