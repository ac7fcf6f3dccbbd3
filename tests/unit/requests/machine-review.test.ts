import { describe, expect, test } from "vitest";
import { DomainError } from "#lib/errors.ts";
import type { RequestFacts } from "#lib/requests/facts.ts";
import { can, decide } from "#lib/requests/machine.ts";
import { states } from "#lib/requests/states.ts";
import { day } from "#lib/requests/timing.ts";
import { berlin, calmClock } from "#tests/fixtures/clock-facts.ts";

const now = new Date("2026-11-21T09:00:00Z");
const policy = { autoApproveExports: true, graceDays: 30, ...berlin };
const reply = { type: "replied", by: "officer", text: "words" } as const;

function facts(given: Partial<RequestFacts> = {}): RequestFacts {
  return {
    id: "request", personId: "subject", kind: "consent", state: "review", receivedAt: now, dueAt: new Date(now.getTime() + 30 * day), wakeAt: now, frozenAt: null, clock: calmClock,
    packages: [], preview: false, downloads: 0, build: null, wishes: [], erasure: null, hasMail: true, ...given,
  };
}

const refusal = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    if (error instanceof DomainError) return `${error.code} ${error.reason}`;
    throw error;
  }
  return null;
};

describe("a request about consent", () => {
  test("ends with the answer: told, recorded, with nothing left to do", () => {
    const { to, wakeAt, set, audit, letters, jobs } = decide(facts(), reply, now, policy);
    expect({ to, wakeAt, jobs }).toEqual({ to: "fulfilled", wakeAt: null, jobs: [] });
    expect(set).toEqual({ decidedAt: now, decidedById: "officer", answerText: "words", closedAt: now, openKey: null });
    // The words are nowhere in the record.
    expect(audit).toEqual([{ event: "replied", actor: "operator", actorId: "officer", data: {} }]);
    expect(letters.map(({ name, channel }) => `${name} ${channel}`)).toEqual(["replied notice", "replied mail"]);
  });

  test.each(states.filter((state) => state !== "review"))("is not answered in %s", (state) => {
    expect(refusal(() => decide(facts({ state }), reply, now, policy))).toBe("conflict state_changed");
    expect(can({ kind: "consent", state, frozenAt: null }, "replied")).toBe(false);
  });

  test("is not answered while it is frozen, nor while the person is asked", () => {
    expect(refusal(() => decide(facts({ frozenAt: now }), reply, now, policy))).toBe("conflict frozen");
    expect(can({ kind: "consent", state: "review", frozenAt: now }, "replied")).toBe(false);
  });

  test("is never approved: there is nothing to build or to erase", () => {
    expect(refusal(() => decide(facts(), { type: "approved", by: "officer", rulings: { granted: [], refused: [] }, preview: false }, now, policy))).toBe("conflict state_changed");
    expect(can({ kind: "consent", state: "review", frozenAt: null }, "approved")).toBe(false);
  });

  test("alone is answered in words", () => {
    for (const kind of ["export", "erasure"] as const) expect(can({ kind, state: "review", frozenAt: null }, "replied")).toBe(false);
  });
});
