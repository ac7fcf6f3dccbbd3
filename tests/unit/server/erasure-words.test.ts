import { describe, expect, test } from "vitest";
import { erasurePath, planOf, readAnswers } from "#app/(subject)/requests/new/erasure/answers.ts";
import { standingOf } from "#app/(subject)/requests/[reference]/_erasure/status.tsx";
import { countOf } from "#app/_request/step-counts.ts";
import { sentByGroup, sentInAll } from "#app/_request/sent.ts";
import { timeAhead } from "#app/_ui/dates.ts";

describe("a time ahead, said beside its date", () => {
  const ahead = (from: string, to: string, zone = "Europe/Berlin") => timeAhead("en", zone, new Date(from), new Date(to));
  test("days as a calendar counts them, so that date and days agree", () => {
    expect(ahead("2026-11-21T09:00:00Z", "2026-12-21T09:00:00Z")).toBe("in 30 days");
    expect(ahead("2026-11-21T22:30:00Z", "2026-11-23T00:30:00Z")).toBe("in 2 days");
    // Over the end of summer time, at which a day has 25 hours.
    expect(ahead("2026-10-24T10:00:00Z", "2026-10-26T09:00:00Z")).toBe("in 2 days");
  });
  test("hours below two days, minutes in the last two hours, never negative", () => {
    expect(ahead("2026-11-21T09:00:00Z", "2026-11-22T15:30:00Z")).toBe("in 30 hours");
    expect(ahead("2026-11-21T09:00:00Z", "2026-11-21T10:01:00Z")).toBe("in 61 minutes");
    expect(ahead("2026-11-21T09:00:00Z", "2026-11-20T09:00:00Z")).toBe("this minute");
  });
  test("the zone decides how many calendar days it is", () => {
    expect(ahead("2026-11-21T22:00:00Z", "2026-11-23T09:30:00Z", "Pacific/Kiritimati")).toBe("in 35 hours");
    expect(ahead("2026-11-21T22:00:00Z", "2026-11-23T09:30:00Z", "UTC")).toBe("in 2 days");
  });
});

describe("the choices in an address", () => {
  test("go there and come back; what is not said is the careful choice", () => {
    expect(readAnswers({})).toEqual({ redact: false, suspend: true, leaveNow: false });
    const chosen = { redact: true, suspend: false, leaveNow: true };
    const path = erasurePath("/check", "p", chosen);
    const query = Object.fromEntries(new URLSearchParams(path.split("?")[1]));
    expect(path).toBe("/requests/new/erasure/check?plan=p&redact=yes&suspend=no&leaveNow=yes");
    expect(readAnswers(query)).toEqual(chosen);
    expect(planOf(query)).toBe("p");
    expect(planOf({ plan: ["a", "b"] })).toBeUndefined();
    expect(readAnswers({ redact: "perhaps", suspend: ["yes", "no"] })).toEqual({ redact: false, suspend: true, leaveNow: false });
  });
});

test("what was sent, in groups; nothing is lost on the way", () => {
  const events = { "m.room.message": 3, "m.room.encrypted": 2, "m.reaction": 1, "m.poll.start": 1, "org.matrix.msc3381.poll.response": 4, "m.room.topic": 5, "m.space.child": 1, "m.room.member": 6, "org.example.x": 7 };
  expect(sentByGroup(events)).toEqual([["messages", 3], ["encrypted", 2], ["reactions", 1], ["polls", 5], ["membership", 6], ["settings", 6], ["other", 7]]);
  expect(sentByGroup(events).reduce((sum, [, count]) => sum + count, 0)).toBe(sentInAll(events));
  expect(sentByGroup({})).toEqual([]);
});

describe("which sentence an erasure stands under", () => {
  const now = new Date("2026-11-21T09:00:00Z");
  const later = new Date("2026-12-21T09:00:00Z");
  const erasure = { options: { redact: false, suspend: true, leaveNow: false }, planId: null, risks: [], notBefore: later, hold: null, recoveryCode: null };
  const hold = { at: now, reason: "legal_claims", text: "" };
  const stands = (given: Partial<Parameters<typeof standingOf>[0]>) => standingOf({ state: "grace", frozen: false, erasure, timeline: [], ...given }, now);
  test.each([
    ["grace", {}],
    ["graceWaits", { erasure: { ...erasure, notBefore: now } }],
    ["held", { erasure: { ...erasure, hold } }],
    ["frozen", { frozen: true, erasure: { ...erasure, hold } }],
    ["review", { state: "review" }],
    ["agreed", { state: "review", timeline: [{ at: now, event: "agreed", actor: "operator" }] }],
    ["held", { state: "running", erasure: { ...erasure, hold } }],
    ["withdrawn", { state: "withdrawn", frozen: true, erasure: { ...erasure, hold } }],
    ["fulfilled", { state: "fulfilled", frozen: true }],
    ["failed", { state: "failed" }],
  ] as const)("%s", (expected, given) => {
    expect(stands(given)).toBe(expected);
  });
});

test("a step tells a number where it has one", () => {
  expect(countOf({ name: "redact", state: "intended", facts: { before: 2500 } })).toEqual({ key: "redactLeft", count: 2500 });
  expect(countOf({ name: "redact", state: "done", facts: { before: 2500, after: 3 } })).toEqual({ key: "redact", count: 2497 });
  expect(countOf({ name: "redact", state: "done", facts: { skipped: "not_chosen", names: 4 } })).toEqual({ key: "skipped", count: 0 });
  expect(countOf({ name: "media", state: "done", facts: { before: 5, deleted: 5, stays: 0 } })).toEqual({ key: "media", count: 5 });
  expect(countOf({ name: "tell", state: "done", facts: { homeservers: 3, appservices: 1, identityServers: 0 } })).toEqual({ key: "tell", count: 4 });
  expect(countOf({ name: "verify", state: "done", facts: { driven: 2 } })).toBeNull();
  expect(countOf({ name: "leave", state: "waiting", facts: {} })).toBeNull();
});
