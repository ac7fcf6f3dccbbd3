import fc from "fast-check";
import { expect, test } from "vitest";
import { dueOf, legalDue, readClock } from "#lib/requests/deadline.ts";
import { explainDue } from "#lib/requests/explain-due.ts";
import { addMonth, endOfDay, endWith, isWorkingDay, localDay, parse, text, type Stopped } from "./deadline-oracle.ts";

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

const hour = 3_600_000;
/** Up to four stops one after the other: kind, hours until it begins, hours it lasts. */
const gaps = fc.array(fc.tuple(fc.constantFrom("pause" as const, "restart" as const), fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 900 })), { maxLength: 4 });
function stopsFrom(receivedAt: Date, gaps: readonly (readonly [Stopped[0], number, number])[]): Stopped[] {
  let at = receivedAt.getTime();
  return gaps.map(([kind, wait, lasts]) => {
    const from = new Date(at + wait * hour);
    at = from.getTime() + lasts * hour;
    return [kind, from, new Date(at)];
  });
}
const historyOf = (receivedAt: Date, extended: boolean, stops: readonly Stopped[]) => ({ receivedAt, extended, stops: stops.map(([kind, from, to]) => ({ kind, from, to })) });

test("with stops and an extension too it agrees with the oracle, and what explains the date adds up", () => {
  fc.assert(
    fc.property(instant, place, zone, gaps, fc.boolean(), (receivedAt, holidays, timeZone, between, extended) => {
      const stops = stopsFrom(receivedAt, between);
      const expected = endWith(receivedAt, extended ? 3 : 1, stops, timeZone);
      let due = expected.raw;
      while (!isWorkingDay(due, holidays)) due += 1;
      const history = historyOf(receivedAt, extended, stops);
      expect(dueOf(history, { timeZone, holidays })).toEqual({ start: text(expected.start), raw: text(expected.raw), due: text(due), dueAt: endOfDay(due, timeZone) });
      const explained = explainDue(history, text(due), { timeZone, jurisdiction: "UK" });
      if (explained.key === "moved") {
        expect(explained.segments.reduce((sum, { days }) => sum + days, 0)).toBe(explained.values.days);
        expect(parse(explained.values.counted) + explained.values.days).toBe(parse(explained.values.raw));
        expect(explained.segments.map(({ from, to }) => [from, to])).toEqual(stops.map(([, from, to]) => [text(localDay(from, timeZone)), text(localDay(to, timeZone))]));
      } else expect([stops.length, extended]).toEqual([0, false]);
    }),
    runs,
  );
});

test("the extended date is that of three months from the start, whatever the first one was rolled to; a pause that lasts longer is never due earlier", () => {
  fc.assert(
    fc.property(instant, place, zone, gaps, fc.integer({ min: 0, max: 200 }), (receivedAt, holidays, timeZone, between, longer) => {
      const seat = { timeZone, holidays };
      const stops = stopsFrom(receivedAt, between);
      const [base, extended] = [false, true].map((more) => dueOf(historyOf(receivedAt, more, stops), seat));
      const clock = readClock(historyOf(receivedAt, true, stops), timeZone);
      expect(clock.counted).toBe(text(addMonth(parse(clock.start), 3)));
      expect(extended && base && extended.dueAt > base.dueAt).toBe(true);
      const last = stops.at(-1);
      if (!last) return;
      const stretched = [...stops.slice(0, -1), [last[0], last[1], new Date(last[2].getTime() + longer * hour)] as const];
      expect((dueOf(historyOf(receivedAt, false, stretched), seat)?.dueAt ?? 0) >= (base?.dueAt ?? Infinity)).toBe(true);
      const open = { ...historyOf(receivedAt, false, stops), stops: [...historyOf(receivedAt, false, stops).stops.slice(0, -1), { kind: last[0], from: last[1], to: null }] };
      expect(dueOf(open, seat)).toBeNull();
    }),
    runs,
  );
});
