import { describe, expect, test } from "vitest";
import type { RequestFacts } from "#lib/requests/facts.ts";
import { can, decide } from "#lib/requests/machine.ts";
import { states } from "#lib/requests/states.ts";
import { askedClock, berlin } from "#tests/fixtures/clock-facts.ts";
import { asRow, refusal, requestFacts } from "#tests/fixtures/request-facts.ts";

const now = new Date("2026-11-21T09:00:00Z");
const policy = { autoApproveExports: true, graceDays: 30, ...berlin };
const reply = { type: "replied", by: "officer", text: "words" } as const;

const facts = (given: Partial<RequestFacts> = {}) => requestFacts(now, { kind: "consent", ...given });

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
    expect(can(asRow(facts({ state })), "replied")).toBe(false);
  });

  test("is not answered while it is frozen, nor while the person is asked", () => {
    expect(refusal(() => decide(facts({ frozenAt: now }), reply, now, policy))).toBe("conflict frozen");
    expect(can(asRow(facts({ frozenAt: now })), "replied")).toBe(false);
    expect(refusal(() => decide(facts({ clock: askedClock }), reply, now, policy))).toBe("conflict enquiry_open");
    expect(can(asRow(facts({ clock: askedClock })), "replied")).toBe(false);
  });

  test("is never approved: there is nothing to build or to erase", () => {
    expect(refusal(() => decide(facts(), { type: "approved", by: "officer", rulings: { granted: [], refused: [] }, preview: false }, now, policy))).toBe("conflict state_changed");
    expect(can(asRow(facts()), "approved")).toBe(false);
  });

  test("has its clock like the others: two months more, and questions to the person", () => {
    const extended = decide(facts(), { type: "extended", by: "officer", reason: "complexity", text: "words" }, now, policy);
    expect({ to: extended.to, dueOn: extended.set.dueOn }).toEqual({ to: "review", dueOn: new Date("2027-02-22") });
    const asked = decide(facts(), { type: "asked", by: "officer", about: "clarification", question: "words", doubt: null }, now, policy);
    expect({ to: asked.to, askedAt: asked.set.askedAt }).toEqual({ to: "review", askedAt: now });
  });

  test("alone is answered in words", () => {
    for (const kind of ["export", "erasure"] as const) expect(can(asRow(facts({ kind })), "replied")).toBe(false);
  });
});
