import { describe, expect, test } from "vitest";
import { compare } from "#lib/consent/comparison.ts";
import { last, standing } from "#lib/consent/ledger.ts";
import { policyFile } from "#lib/consent/policy-file.ts";
import { objects, optionalNow } from "#lib/consent/signal.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 26, 9, minute));
const given = (version: string, minute = 10) => ({ act: "given" as const, version, at: at(minute), waiting: false });
const taken = { act: "withdrawn" as const, version: "2.0", at: at(10), waiting: false };

describe("ledger against homeserver", () => {
  test.each([
    ["nothing on either side", null, null, 0, "same"],
    ["agreed there before the portal", null, "1.0", 5, "given_there"],
    ["both the same, whatever the dates", given("2.0"), "2.0", 5, "same"],
    ["an older version there, from before", given("2.0"), "1.0", 5, "differs"],
    ["another version there, later", given("1.0"), "2.0", 20, "given_there"],
    ["nothing there any more", given("2.0"), null, 0, "differs"],
    ["taken back, and told", taken, "withdrawn", 20, "same"],
    ["taken back, and there is nothing there", taken, null, 0, "same"],
    ["taken back, and it still says the old", taken, "2.0", 5, "differs"],
    ["taken back, and agreed again on its page", taken, "2.0", 20, "given_there"],
    ["blocked there by somebody", given("2.0"), "withdrawn", 20, "withdrawn_there"],
    ["still being told", { ...given("2.0"), waiting: true }, "1.0", 20, "pending"],
  ] as const)("%s", (_what, ours, version, minute, is) => {
    expect(compare(ours, { version, at: version === null ? null : at(minute) })).toBe(is);
  });

  test("a version without a date is no later word", () => expect(compare(given("2.0"), { version: "1.0", at: null })).toBe("differs"));
});

test("the last word about a policy counts, and an objection is none", () => {
  const act = (policy: string, what: "given" | "withdrawn" | "objected", version = "1.0") => ({ policy, version, act: what, at: at(0) });
  const acts = [act("terms", "given"), act("news", "given"), act("terms", "withdrawn"), act("terms", "objected")];
  expect(last(acts, "terms")?.act).toBe("withdrawn");
  expect(last(acts, "nothing")).toBeNull();
  expect([standing(null, "2.0"), standing(act("a", "given", "2.0"), "2.0"), standing(act("a", "given"), "2.0"), standing(act("a", "withdrawn", "2.0"), "2.0")]).toEqual(["never", "current", "older", "withdrawn"]);
});

describe("Sec-GPC", () => {
  test.each([["1", true], ["0", false], ["", false], ["true", false], ["11", false], ["1.0", false], [null, false], ["1, 1", true], ["0, 1", true], ["0, 0", false], ["?1", false]] as const)("%j objects: %j", (header, is) => {
    expect(objects(header)).toBe(is);
  });
  test("is an objection to what rests on consent now", () => {
    const policies = [{ policy: "terms", basis: "contract", current: "2.0" }, { policy: "news", basis: "consent", current: "1.0" }, { policy: "ads", basis: "consent", current: "3" }];
    expect(optionalNow(policies)).toBe("ads 3, news 1.0");
    expect(optionalNow([])).toBe("none");
  });
});

describe("policy.json", () => {
  const good = { versions: ["1.0", "2.0"], current: "2.0", basis: "consent", purposes: [{ en: "a" }], personalData: [{ en: "b", de: "c" }], storage: { location: { en: "d" }, duration: { en: "e" } }, recipients: [] };
  test("is taken as it should be", () => expect(policyFile.parse(good)).toEqual({ ...good, homeserver: false }));
  test.each([
    ["a current version that is none", { current: "3.0" }], ["the same version twice", { versions: ["2.0", "2.0"] }], ["no versions", { versions: [] }], ["a version that climbs", { versions: ["..", "2.0"] }],
    ["a version with a slash", { versions: ["a/b", "2.0"] }], ["the name withdrawals have", { versions: ["withdrawn", "2.0"] }], ["another basis", { basis: "legitimate" }],
    ["a purpose without English", { purposes: [{ de: "a" }] }], ["no purpose", { purposes: [] }], ["a misspelt setting", { curent: "2.0" }], ["an empty phrase", { recipients: [{ en: " " }] }],
  ])("refuses %s", (_what, over) => expect(policyFile.safeParse({ ...good, ...over }).success).toBe(false));
});
