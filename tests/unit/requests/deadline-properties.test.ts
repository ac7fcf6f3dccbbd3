import fc from "fast-check";
import { expect, test } from "vitest";
import { legalDue } from "#lib/requests/deadline.ts";
import { addMonth, endOfDay, isWorkingDay, localDay, parse, text } from "./deadline-oracle.ts";

const instant = fc.date({ min: new Date("2024-01-01T00:00:00Z"), max: new Date("2039-12-31T23:59:59Z"), noInvalidDate: true });
const place = fc.constantFrom("DE", "GB/ENG");
const zone = fc.constantFrom("Europe/Berlin", "Europe/London", "Pacific/Kiritimati", "America/Anchorage", "Asia/Kathmandu", "Australia/Lord_Howe");
const runs = { numRuns: 300, seed: 20261121 };

test("agrees with an oracle that shares no code", () => {
  fc.assert(
    fc.property(instant, place, zone, (receivedAt, holidays, timeZone) => {
      const start = localDay(receivedAt, timeZone);
      const raw = addMonth(start);
      let due = raw;
      while (!isWorkingDay(due, holidays)) due += 1;
      expect(legalDue(receivedAt, { timeZone, holidays })).toEqual({
        start: text(start),
        raw: text(raw),
        due: text(due),
        dueAt: endOfDay(due, timeZone),
      });
    }),
    runs,
  );
});

test("due is a working day at or after raw, and raw is 28 to 31 days after the start", () => {
  fc.assert(
    fc.property(instant, place, zone, (receivedAt, holidays, timeZone) => {
      const { start, raw, due, dueAt } = legalDue(receivedAt, { timeZone, holidays });
      expect(isWorkingDay(parse(due), holidays)).toBe(true);
      expect(due >= raw).toBe(true);
      expect(parse(raw) - parse(start)).toBeGreaterThanOrEqual(28);
      expect(parse(raw) - parse(start)).toBeLessThanOrEqual(31);
      expect(dueAt > receivedAt).toBe(true);
    }),
    runs,
  );
});

test("a later receipt is never due earlier", () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: 1, max: 5 * 86_400_000 }), place, zone, (first, later, holidays, timeZone) => {
      const [a, b] = [first, new Date(first.getTime() + later)].map((at) => legalDue(at, { timeZone, holidays }));
      expect(b && a && b.raw >= a.raw && b.due >= a.due && b.dueAt >= a.dueAt).toBe(true);
    }),
    runs,
  );
});
