import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byDueWeek, lastDayOf, monthNumbers, monthsUpTo, speedOf, type RequestFact } from "#lib/reports/numbers.ts";
import { publicYear, smallest } from "#lib/reports/public-numbers.ts";

const fact = (given: Partial<RequestFact> = {}): RequestFact => ({ kind: "export", state: "fulfilled", receivedOn: "2026-10-05", answeredOn: "2026-10-09", dueOn: "2026-11-05", closedOn: "2026-10-16", extended: false, ...given });

describe("a month", () => {
  it("counts each request where it belongs: received, answered, ended", () => {
    const facts = [
      fact(),
      fact({ receivedOn: "2026-09-30", answeredOn: "2026-10-01", closedOn: "2026-10-01", state: "denied", kind: "erasure" }),
      fact({ answeredOn: null, closedOn: "2026-10-07", state: "withdrawn" }),
      fact({ answeredOn: null, closedOn: null, state: "review", extended: true }),
    ];
    const numbers = monthNumbers(facts, "2026-10", "2026-10-31");
    expect(numbers.byKind.export).toEqual({ received: 3, answered: 1, outcomes: { granted: 1, denied: 0, withdrawn: 1, expired: 0 } });
    expect(numbers.byKind.erasure).toEqual({ received: 0, answered: 1, outcomes: { granted: 0, denied: 1, withdrawn: 0, expired: 0 } });
    expect(numbers).toMatchObject({ speed: { answered: 2, median: 1, p90: 4, late: 0 }, extended: 1, open: 1, overdue: 0 });
  });

  it("has open at its end what was answered or closed only later, and late what was past its day", () => {
    const facts = [fact({ answeredOn: "2026-11-03", closedOn: "2026-11-09" }), fact({ dueOn: "2026-10-20", answeredOn: null, closedOn: null, state: "review" }), fact({ state: "unconfirmed", answeredOn: null, closedOn: null }), fact({ receivedOn: "2026-11-01", answeredOn: null, closedOn: null, state: "review" })];
    expect(monthNumbers(facts, "2026-10", "2026-10-31")).toMatchObject({ open: 2, overdue: 1 });
  });
});

describe("time to the first answer", () => {
  it.each([[[], null, null], [[7], 7, 7], [[1, 2, 3, 4], 2, 4], [[0, 0, 0, 0, 0, 0, 0, 0, 0, 30], 0, 0], [Array.from({ length: 20 }, (_, n) => n), 9, 17]])("of %j days", (days, median, p90) => {
    const answered = days.map((each) => ({ receivedOn: "2026-03-01", answeredOn: new Date(Date.UTC(2026, 2, 1 + each)).toISOString().slice(0, 10), dueOn: "2026-04-01" }));
    expect(speedOf(answered)).toMatchObject({ answered: days.length, median, p90 });
  });
});

it("groups open cases by the Monday of their week, what is overdue first", () => {
  const open = (dueOn: string) => fact({ state: "review", answeredOn: null, closedOn: null, dueOn });
  expect(byDueWeek([open("2026-12-06"), open("2026-11-30"), open("2026-11-25"), fact(), open("2026-12-07")], "2026-11-26")).toEqual([{ week: null, count: 1 }, { week: "2026-11-30", count: 2 }, { week: "2026-12-07", count: 1 }]);
});

it("knows months across a year and their last days", () => {
  expect(monthsUpTo("2027-02-03", 4)).toEqual(["2026-11", "2026-12", "2027-01", "2027-02"]);
  expect([lastDayOf("2026-02"), lastDayOf("2028-02"), lastDayOf("2026-12")]).toEqual(["2026-02-28", "2028-02-29", "2026-12-31"]);
});

describe("numbers for everybody", () => {
  const many = (count: number, given: Partial<RequestFact> = {}) => Array.from({ length: count }, () => fact(given));

  it("hides what fewer than five did, none included, and the median of it", () => {
    const [exports, erasures] = publicYear([...many(5), ...many(4, { kind: "erasure" })], "2026").byKind;
    expect(exports).toEqual({ kind: "export", received: 5, answered: 5, denied: null, median: 4 });
    expect(erasures).toEqual({ kind: "erasure", received: null, answered: null, denied: null, median: null });
  });

  it("tells no number between nought and five, of whatever requests", () => {
    const facts = fc.array(fc.record<RequestFact>({
      kind: fc.constantFrom("export", "erasure", "consent"), state: fc.constantFrom("fulfilled", "denied", "withdrawn", "review"), receivedOn: fc.constantFrom("2025-12-31", "2026-01-01", "2026-12-31"),
      answeredOn: fc.option(fc.constantFrom("2026-12-31", "2027-01-02")), dueOn: fc.constant("2027-01-31"), closedOn: fc.constant(null), extended: fc.boolean(),
    }), { maxLength: 40 });
    fc.assert(fc.property(facts, (some) => {
      const told = publicYear(some, "2026").byKind.flatMap(({ received, answered, denied }) => [received, answered, denied]);
      return told.every((count) => count === null || count >= smallest);
    }));
  });
});
