import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { daysLeft, legalDue } from "#lib/requests/deadline.ts";
import { explainDue } from "#lib/requests/explain-due.ts";

const de = { timeZone: "Europe/Berlin", holidays: "DE" };
const uk = { timeZone: "Europe/London", holidays: "GB/ENG" };
const noon = (day: string) => new Date(`${day}T12:00:00Z`);

// rights.md § 2: received, raw, due DE, due UK, extended raw, extended due.
const vectors = [
  ["2026-01-31", "2026-02-28", "2026-03-02", "2026-03-02", "2026-04-30", "2026-04-30", "clamp and weekend"],
  ["2027-01-31", "2027-02-28", "2027-03-01", "2027-03-01", "2027-04-30", "2027-04-30", "chaining 1 + 2 months would give 28 April"],
  ["2028-01-31", "2028-02-29", "2028-02-29", "2028-02-29", "2028-04-30", "2028-05-02", "leap year; 1 May"],
  ["2027-01-30", "2027-02-28", "2027-03-01", "2027-03-01", "2027-04-30", "2027-04-30", "clamp without a 31st"],
  ["2026-08-31", "2026-09-30", "2026-09-30", "2026-09-30", "2026-11-30", "2026-11-30", "31 August to 30 September"],
  ["2026-09-03", "2026-10-03", "2026-10-05", "2026-10-05", "2026-12-03", "2026-12-03", "a rolled base must not leak into the extension"],
  ["2026-03-05", "2026-04-05", "2026-04-07", "2026-04-07", "2026-06-05", "2026-06-05", "Easter Sunday and Monday"],
  ["2026-11-25", "2026-12-25", "2026-12-28", "2026-12-29", "2027-02-25", "2027-02-25", "the UK substitute day differs"],
  ["2026-11-30", "2026-12-30", "2026-12-30", "2026-12-30", "2027-02-28", "2027-03-01", "the extension clamps and rolls"],
  ["2026-12-01", "2027-01-01", "2027-01-04", "2027-01-04", "2027-03-01", "2027-03-01", "New Year and weekend"],
  ["2027-02-26", "2027-03-26", "2027-03-30", "2027-03-30", "2027-05-26", "2027-05-26", "a block of four days from Good Friday"],
  ["2027-02-27", "2027-03-27", "2027-03-30", "2027-03-30", "2027-05-27", "2027-05-27", "the clocks change inside"],
  ["2028-02-29", "2028-03-29", "2028-03-29", "2028-03-29", "2028-05-29", "2028-05-29", "starts on a leap day"],
] as const;

describe("Art. 12(3): one calendar month", () => {
  test.each(vectors)("received %s: raw %s, due DE %s, UK %s", (received, raw, dueDe, dueUk, extendedRaw, extendedDue) => {
    expect(legalDue(noon(received), de)).toMatchObject({ start: received, raw, due: dueDe });
    expect(legalDue(noon(received), uk)).toMatchObject({ start: received, raw, due: dueUk });
    expect(legalDue(noon(received), de, 3)).toMatchObject({ raw: extendedRaw, due: extendedDue });
    // The due day is that of the German holidays: 29 May 2028 is one in England.
    expect(legalDue(noon(received), uk, 3)).toMatchObject({ raw: extendedRaw });
  });

  test("the day of receipt is the controller's, whatever day it is in UTC", () => {
    expect(legalDue(new Date("2027-01-31T23:30:00Z"), de)).toMatchObject({ start: "2027-02-01", raw: "2027-03-01" });
    const kiritimati = { timeZone: "Pacific/Kiritimati", holidays: "KI" };
    expect(legalDue(new Date("2026-08-31T11:00:00Z"), kiritimati)).toMatchObject({ start: "2026-09-01", raw: "2026-10-01" });
  });

  test.each([
    ["2027-02-27", de, "2027-03-30T22:00:00.000Z"],
    ["2026-01-31", de, "2026-03-02T23:00:00.000Z"],
    ["2027-02-27", uk, "2027-03-30T23:00:00.000Z"],
    // Midnight does not exist in Beirut on 28 March 2027: the day before ends when the clock jumps.
    ["2027-02-27", { timeZone: "Asia/Beirut", holidays: "XX" }, "2027-03-29T21:00:00.000Z"],
  ])("received %s: the last moment is 24:00 local", (received, seat, dueAt) => {
    expect(legalDue(noon(received), seat).dueAt.toISOString()).toBe(dueAt);
  });

  test("a state's own holidays count, observances and half-days do not", () => {
    // 8 March 2027 is a Monday and a holiday in Berlin only; 24 December 2026 is a bank half-day.
    expect(legalDue(noon("2027-02-08"), { ...de, holidays: "DE/BE" }).due).toBe("2027-03-09");
    expect(legalDue(noon("2027-02-08"), de).due).toBe("2027-03-08");
    expect(legalDue(noon("2026-11-24"), de).due).toBe("2026-12-24");
  });

  test("the machine's own zone changes nothing", () => {
    const ask = `
      import { legalDue } from "#lib/requests/deadline.ts";
      const out = ${JSON.stringify(vectors.map(([received]) => received))}.map((day) =>
        legalDue(new Date(day + "T22:45:00Z"), { timeZone: "Europe/Berlin", holidays: "DE" }));
      console.log(JSON.stringify(out));`;
    const [here, ...elsewhere] = ["UTC", "Pacific/Kiritimati", "America/Anchorage"].map((TZ) =>
      execFileSync(process.execPath, ["--input-type=module", "-e", ask], { env: { ...process.env, TZ }, encoding: "utf8" }),
    );
    expect(JSON.parse(here ?? "")).toHaveLength(vectors.length);
    for (const other of elsewhere) expect(other).toBe(here);
  });
});

describe("the sentence that explains the date", () => {
  test.each([
    ["2026-11-30", "plain"],
    ["2026-08-31", "clamped"],
    ["2026-09-03", "rolled"],
    ["2027-01-31", "clampedRolled"],
  ] as const)("received %s is %s", (received, key) => {
    const { due, raw } = legalDue(noon(received), de);
    expect(explainDue({ receivedAt: noon(received), extended: false, stops: [] }, due, { ...de, jurisdiction: "EU" })).toEqual({ key, values: { start: received, raw, due } });
  });
});

test.each([
  ["2026-12-21", "2026-11-21T22:59:59Z", 30],
  ["2026-12-21", "2026-11-21T23:00:00Z", 29],
  ["2026-12-21", "2026-12-21T22:59:59Z", 0],
  ["2026-12-21", "2026-12-21T23:00:00Z", -1],
])("until %s it is, at %s, %i days", (due, now, days) => {
  expect(daysLeft(due, new Date(now), "Europe/Berlin")).toBe(days);
});
