import { expect, test } from "vitest";
import { DomainError } from "#lib/errors.ts";
import { kindIds, kindsByDefault } from "#lib/kinds/kind.ts";
import { denialReasons, denialReasonsFor } from "#lib/requests/denial-reasons.ts";
import { requestErrors } from "#lib/requests/errors.ts";
import { holdReasons } from "#lib/requests/hold-reasons.ts";
import { denyInput, erasureInput, exportInput, holdInput, parseInput, readRulings, releaseInput } from "#lib/requests/inputs.ts";

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

test("a kind on approval is asked for in its own field alone, never with everything", () => {
  const everything = { kinds: kindsByDefault, mediaFiles: "yes" };
  expect(parseInput(exportInput, everything).kinds).not.toContain("backfilled_own");
  expect(parseInput(exportInput, { ...everything, onApproval: "backfilled_own" }).kinds).toEqual(kindIds.filter((id) => id === "backfilled_own" || kindsByDefault.includes(id)));
  expect(parseInput(exportInput, { kinds: "account", onApproval: ["backfilled_own", "backfilled_own"], mediaFiles: "no" }).kinds).toEqual(["account", "backfilled_own"]);
  expect(fieldsOf(exportInput, { kinds: [...kindIds], mediaFiles: "yes" })).toEqual({ reason: "invalid form", kinds: "kinds_unknown" });
  expect(fieldsOf(exportInput, { kinds: "account", onApproval: "messages", mediaFiles: "yes" })).toEqual({ reason: "invalid form", onApproval: "kinds_unknown" });
  expect(fieldsOf(exportInput, { kinds: [], onApproval: "backfilled_own", mediaFiles: "yes" })).toEqual({ reason: "invalid form", kinds: "kinds_required" });
});

test("a ruling has a decision and words on each wish, and looks at nothing else", () => {
  const words = "They are yours and nobody else is in them.";
  const read = (input: object) => readRulings({ kinds: ["messages", "backfilled_own"] }, input);
  expect(read({ "ruling-backfilled_own": "granted", "reason-backfilled_own": ` ${words} `, "ruling-messages": "granted" }))
    .toEqual({ granted: [{ kind: "backfilled_own", reason: words }], refused: [] });
  expect(read({ "ruling-backfilled_own": "refused", "reason-backfilled_own": words })).toEqual({ granted: [], refused: [{ kind: "backfilled_own", reason: words }] });
  expect(readRulings({ kinds: [] }, { "ruling-backfilled_own": "granted", "reason-backfilled_own": words })).toEqual({ granted: [], refused: [] });
  const told = (input: object) => {
    try {
      return read(input);
    } catch (error) {
      return error instanceof DomainError ? error.fields : error;
    }
  };
  expect(told({})).toEqual({ "ruling-backfilled_own": "ruling_required", "reason-backfilled_own": "denial_text_short" });
  expect(told({ "ruling-backfilled_own": "perhaps", "reason-backfilled_own": words })).toEqual({ "ruling-backfilled_own": "ruling_required" });
  expect(told({ "ruling-backfilled_own": "granted", "reason-backfilled_own": "Yes." })).toEqual({ "reason-backfilled_own": "denial_text_short" });
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

test("a copy is refused for five reasons, an erasure for its own and the grounds of Art. 17(3)", () => {
  expect(denialReasonsFor("export").map(({ code }) => code)).toEqual(["manifestly_unfounded", "manifestly_excessive", "identity_not_proven", "rights_of_others", "not_identifiable"]);
  expect(denialReasonsFor("erasure").map(({ code }) => code)).toEqual(["manifestly_unfounded", "identity_not_proven", ...holdReasons.map(({ code }) => code)]);
  for (const { iri } of denialReasons) expect(iri ?? "https://w3id.org/dpv/legal/eu/gdpr#JustificationA12").toMatch(/^https:\/\/w3id\.org\/dpv\/legal\/eu\/gdpr#JustificationA1[27]\w*$/);
});

test("an erasure is asked for with one's own Matrix ID, byte for byte; a box that is not ticked is a no", () => {
  const mxid = "@Ada=x:test.example:8448";
  const planId = "0192f0c1-2b3c-7d4e-8f50-617283940516";
  const good = { planId, confirmation: ` ${mxid} `, redact: "on" };
  expect(parseInput(erasureInput(mxid), good)).toEqual({ planId, options: { redact: true, suspend: false, leaveNow: false } });
  for (const confirmation of ["", "delete", mxid.toLowerCase(), "@Ada=x:test.example", undefined]) expect(fieldsOf(erasureInput(mxid), { ...good, confirmation })).toMatchObject({ confirmation: "confirmation_wrong" });
  expect(fieldsOf(erasureInput(mxid), { confirmation: mxid })).toMatchObject({ planId: "plan_missing" });
});

test("a hold has a ground and words", () => {
  expect(fieldsOf(holdInput, { reason: "because", text: "short" })).toEqual({ reason: "hold_reason", text: "denial_text_short" });
});
