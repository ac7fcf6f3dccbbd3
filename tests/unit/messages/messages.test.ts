import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { denialReasons } from "#lib/requests/denial-reasons.ts";
import { languageOf } from "#lib/messages/languages.ts";
import { locales, messagesFor, translator, type Messages } from "#lib/messages/messages.ts";

describe("the catalogue", () => {
  it("has a file a namespace, in English at least", () => {
    expect(locales()).toContain("en");
    expect(Object.keys(messagesFor("en"))).toContain("letters");
  });

  it("falls back to English for a language without files", () => {
    expect(messagesFor("xx")).toEqual(messagesFor("en"));
  });

  it("writes in the portal's own language to somebody whose language it does not speak or know", () => {
    const own = { language: "de" } as const;
    expect([languageOf({ locale: "uk" }, own), languageOf({ locale: "tlh" }, own), languageOf({ locale: "constructor" }, own), languageOf({ locale: null }, own)]).toEqual(["uk", "de", "de", "de"]);
  });

  it("throws for a sentence it does not have, so that no letter goes out with a hole", () => {
    expect(() => translator("en", "letters")("code.nothing")).toThrow("MISSING_MESSAGE");
  });

  it("says every failure the worker can end in", () => {
    const sources = globSync("lib/**/*.ts").filter((file) => !file.includes("generated")).map((file) => readFileSync(file, "utf8")).join("\n");
    const literal = [...sources.matchAll(/(?:new (?:RetryLater|GiveUp)\(|failure: |is: "(?:skipped|refused)", failure: )"([a-z_]+)"/g)].map((match) => match[1] ?? "");
    const failures = messagesFor("en").failures as Messages;
    expect([...new Set([...literal, "unexpected"])].filter((code) => !(code in failures))).toEqual([]);
  });

  it("says every reason a request can be refused for", () => {
    const reasons = messagesFor("en").reasons as Messages;
    expect(denialReasons.map((reason) => reason.code).filter((code) => !(code in reasons))).toEqual([]);
  });
});
