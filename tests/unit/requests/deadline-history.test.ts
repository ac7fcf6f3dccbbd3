import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { dueOf, readClock, type History } from "#lib/requests/deadline.ts";
import { stopsOf } from "#lib/requests/enquiry.ts";
import { explainDue } from "#lib/requests/explain-due.ts";
import { stopAt, stopOf } from "#lib/requests/jurisdictions.ts";
import { berlin, london } from "#tests/fixtures/clock-facts.ts";

const noon = (day: string) => new Date(`${day}T12:00:00Z`);
const history = (received: string, stops: [kind: "pause" | "restart", from: string, to: string | null][] = [], extended = false): History => ({
  receivedAt: noon(received), extended, stops: stops.map(([kind, from, to]) => ({ kind, from: noon(from), to: to ? noon(to) : null })),
});

describe("what may stop the clock, by the law of the seat", () => {
  test.each([
    ["EU", false, "pause", null],
    ["EU", true, "pause", "pause"],
    ["UK", false, "restart", "pause"],
    ["UK", true, "restart", "pause"],
  ] as const)("%s, switch %s: identity %s, clarification %s", (jurisdiction, clarificationPauses, identity, clarification) => {
    expect(stopOf({ jurisdiction, clarificationPauses }, "identity")).toBe(identity);
    expect(stopOf({ jurisdiction, clarificationPauses }, "clarification")).toBe(clarification);
  });

  test("a period that is over has nothing left to stop", () => {
    const dueAt = noon("2026-10-05");
    expect(stopAt(berlin, "identity", dueAt, new Date(dueAt.getTime() - 1))).toBe("pause");
    expect(stopAt(berlin, "identity", dueAt, dueAt)).toBeNull();
  });
});

describe("rights.md § 2", () => {
  test("received 2026-09-03, paused 09-10, resumed 09-17: seven days; extended from the start", () => {
    const paused = history("2026-09-03", [["pause", "2026-09-10", "2026-09-17"]]);
    expect(dueOf(paused, berlin)).toMatchObject({ start: "2026-09-03", raw: "2026-10-10", due: "2026-10-12" });
    expect(dueOf({ ...paused, extended: true }, berlin)).toMatchObject({ raw: "2026-12-10", due: "2026-12-10" });
  });

  test("an open stop is “not running”, not a date", () => {
    const open = history("2026-09-03", [["pause", "2026-09-10", null]]);
    expect(dueOf(open, berlin)).toBeNull();
    expect(readClock(open, berlin.timeZone)).toMatchObject({ running: false, days: 0 });
  });

  test("UK: what shows who asks moves the start, and pauses before it count no more", () => {
    const moved = history("2026-09-03", [["pause", "2026-09-04", "2026-09-06"], ["restart", "2026-09-10", "2026-10-31"], ["pause", "2026-11-05", "2026-11-08"]]);
    // Three days later than the last day of November.
    expect(dueOf(moved, london)).toMatchObject({ start: "2026-10-31", raw: "2026-12-03" });
    expect(readClock(moved, london.timeZone)).toMatchObject({ received: "2026-09-03", counted: "2026-11-30", days: 3 });
    expect(readClock(moved, london.timeZone).segments.map(({ days }) => days)).toEqual([0, 0, 3]);
  });

  test("the days of a pause are local days, whatever its hours: across a change of the clocks, and none inside one day", () => {
    const stop = (from: string, to: string): History => ({ receivedAt: noon("2027-03-01"), extended: false, stops: [{ kind: "pause", from: new Date(from), to: new Date(to) }] });
    expect(readClock(stop("2027-03-27T22:59:59Z", "2027-03-28T22:00:00Z"), "Europe/Berlin").days).toBe(2);
    expect(readClock(stop("2027-03-10T07:00:00Z", "2027-03-10T21:00:00Z"), "Europe/Berlin").days).toBe(0);
    expect(readClock(stop("2027-03-10T22:59:59Z", "2027-03-10T23:00:00Z"), "Europe/Berlin").days).toBe(1);
  });
});

test("of the questions only those that stop the clock count; UK: one that was dropped moved nothing", () => {
  const asked = { about: "identity" as const, pauses: true, restarts: false, askedAt: noon("2026-09-10"), endedAt: noon("2026-09-12"), ended: "dropped" as const };
  expect(stopsOf([asked, { ...asked, pauses: false }, { ...asked, restarts: true }, { ...asked, restarts: true, ended: "satisfied" }])).toMatchObject([{ kind: "pause" }, { kind: "restart" }]);
});

describe("the sentence", () => {
  test("of a date that moved names every part, and the parts add up", () => {
    expect(explainDue(history("2026-09-03", [["pause", "2026-09-10", "2026-09-17"]]), "2026-10-12", berlin)).toEqual({
      key: "moved",
      values: { received: "2026-09-03", start: "2026-09-03", counted: "2026-10-03", raw: "2026-10-10", due: "2026-10-12", months: 1, days: 7, restarted: "no", clamped: "no", rolled: "yes", law: "Art. 12(3) GDPR" },
      segments: [{ kind: "pause", from: "2026-09-10", to: "2026-09-17", days: 7 }],
    });
  });
  test("of an extension counts three months from the start", () => {
    expect(explainDue(history("2026-11-30", [], true), "2027-03-01", berlin)).toMatchObject({ key: "moved", values: { months: 3, counted: "2027-02-28", clamped: "yes", rolled: "yes" } });
  });
  test("while it stands still says since when, and that there is no date", () => {
    expect(explainDue(history("2026-09-03", [["restart", "2026-09-10", null]]), "2026-10-05", london)).toMatchObject({ key: "still", values: { since: "2026-09-10", restarts: "yes", law: "Art. 12A UK GDPR" } });
    const open = { receivedAt: noon("2026-09-03"), extended: false, stops: [{ kind: "pause" as const, about: "clarification" as const, from: noon("2026-09-10"), to: null }] };
    expect(explainDue(open, "2026-10-05", berlin)).toMatchObject({ values: { law: "Recital 63 GDPR" } });
  });
});

test("the machine's own zone changes nothing of a history either", () => {
  const ask = `
    import { dueOf } from "#lib/requests/deadline.ts";
    const at = (day) => new Date(day + "T22:45:00Z");
    const history = { receivedAt: at("2026-09-03"), extended: true, stops: [{ kind: "pause", from: at("2026-09-10"), to: at("2026-09-17") }] };
    console.log(JSON.stringify(dueOf(history, { timeZone: "Europe/Berlin", holidays: "DE" })));`;
  const [here, ...elsewhere] = ["UTC", "Pacific/Kiritimati", "America/Anchorage"].map((TZ) => execFileSync(process.execPath, ["--input-type=module", "-e", ask], { env: { ...process.env, TZ }, encoding: "utf8" }));
  expect(JSON.parse(here ?? "")).toMatchObject({ due: "2026-12-11" });
  for (const other of elsewhere) expect(other).toBe(here);
});
