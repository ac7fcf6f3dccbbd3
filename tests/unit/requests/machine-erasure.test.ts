import { describe, expect, test } from "vitest";
import type { EventType, RequestEvent } from "#lib/requests/events.ts";
import type { ErasureFacts, RequestFacts } from "#lib/requests/facts.ts";
import { can, decide } from "#lib/requests/machine.ts";
import { states } from "#lib/requests/states.ts";
import { day, minute } from "#lib/requests/timing.ts";
import { berlin } from "#tests/fixtures/clock-facts.ts";
import { asRow, refusal, requestFacts } from "#tests/fixtures/request-facts.ts";

const now = new Date("2026-11-21T09:00:00Z");
const after = (milliseconds: number) => new Date(now.getTime() + milliseconds);
const policy = { autoApproveExports: true, graceDays: 30, ...berlin };

const events: { readonly [T in EventType]: Extract<RequestEvent, { type: T }> } = {
  confirmed: { type: "confirmed", by: "subject" },
  withdrawn: { type: "withdrawn", by: "subject" },
  agreed: { type: "agreed", by: "first" },
  approved: { type: "approved", by: "second", rulings: { granted: [], refused: [] }, preview: false },
  denied: { type: "denied", by: "officer", reason: "legal_claims", text: "words" },
  replied: { type: "replied", by: "officer", text: "words" },
  retried: { type: "retried", by: "officer" },
  held: { type: "held", by: "officer", reason: "legal_claims", text: "words" },
  unheld: { type: "unheld", by: "officer" },
  released: { type: "released", by: "officer", reason: "person_confirmed" },
  built: { type: "built", expiresAt: after(day) },
  erased: { type: "erased" },
  handed_out: { type: "handed_out", by: "officer", expiresAt: after(day) },
  gave_up: { type: "gave_up", failure: "homeserver_refused" },
  package_lost: { type: "package_lost", failure: "package_unreadable" },
  downloaded: { type: "downloaded", by: "subject", occasion: "first" },
  frozen: { type: "frozen" },
  extended: { type: "extended", by: "officer", reason: "complexity", text: "words" },
  asked: { type: "asked", by: "officer", about: "clarification", question: "words", doubt: null },
  answered: { type: "answered", by: "subject", answer: "words" },
  enquiry_ended: { type: "enquiry_ended", by: "officer", how: "dropped" },
  clock: { type: "clock" },
};

const calm: ErasureFacts = {
  options: { redact: true, suspend: true, leaveNow: false },
  risks: [],
  agreedById: null,
  confirmedAt: after(-2 * day),
  notBefore: null,
  heldAt: null,
  restUntil: null,
  copyPending: false,
  progressAt: null,
  waitsUntil: null,
};

function facts({ erasure, ...given }: Partial<Omit<RequestFacts, "erasure">> & { erasure?: Partial<ErasureFacts> } = {}): RequestFacts {
  return requestFacts(now, { kind: "erasure", receivedAt: after(-2 * day), dueAt: after(28 * day), ...given, erasure: { ...calm, ...erasure } });
}

const run = (given: Parameters<typeof facts>[0], event: RequestEvent) => {
  const { audit, letters, jobs, ...rest } = decide(facts(given), event, now, policy);
  return { ...rest, audit: audit.map((each) => each.event), letters: letters.map(({ name, channel }) => `${name} ${channel}`), jobs: jobs.map((job) => job.queue) };
};

/** By hand, once more: an erasure that has begun cannot be withdrawn or refused, and ends in "erased" only. */
const road: Record<string, Partial<Record<EventType, string>>> = {
  unconfirmed: { confirmed: "review", withdrawn: "withdrawn", clock: "expired", frozen: "unconfirmed" },
  review: { approved: "grace", denied: "denied", withdrawn: "withdrawn", clock: "review", frozen: "review", held: "review", extended: "review", asked: "review" },
  grace: { withdrawn: "withdrawn", clock: "grace", frozen: "grace", held: "grace" },
  running: { erased: "fulfilled", gave_up: "failed", clock: "running", frozen: "running", held: "running" },
  ready: {},
  failed: { retried: "running", clock: "failed", frozen: "failed", held: "failed", extended: "failed", asked: "failed" },
  fulfilled: { frozen: "fulfilled" },
  denied: {},
  withdrawn: {},
  expired: {},
};

describe("an erasure", () => {
  for (const state of states.filter((each) => each !== "ready")) {
    test.each(Object.keys(events) as EventType[])(`${state}: %s`, (type) => {
      const to = road[state]?.[type];
      const act = () => decide(facts({ state }), events[type], now, policy);
      if (to) {
        expect(act().to).toBe(to);
        expect(can(asRow(facts({ state })), type)).toBe(true);
      } else expect(refusal(act)).toMatch(/^conflict (state_changed|not_frozen|not_held|no_enquiry)$/);
    });
  }

  test("is never approved by a rule", () => {
    expect(run({ state: "unconfirmed" }, events.confirmed)).toMatchObject({ to: "review", jobs: [], letters: ["received notice", "received mail", "dpo-new mail"] });
  });
});

describe("four eyes (S21)", () => {
  const risky = { risks: ["admin"] };
  test("the second operator is somebody else", () => {
    expect(refusal(() => run({ erasure: risky }, events.approved))).toBe("conflict second_needed");
    expect(run({ erasure: risky }, events.agreed)).toMatchObject({ to: "review", set: { agreedAt: now, agreedById: "first" }, letters: ["dpo-second mail"] });
    const agreed = { ...risky, agreedById: "second" };
    expect(refusal(() => run({ erasure: agreed }, events.approved))).toBe("conflict second_is_first");
    expect(run({ erasure: { ...risky, agreedById: "first" } }, events.approved).to).toBe("grace");
  });

  test("nobody agrees twice, and not where one is enough", () => {
    expect(refusal(() => run({ erasure: { ...risky, agreedById: "first" } }, events.agreed))).toBe("conflict state_changed");
    expect(refusal(() => run({}, events.agreed))).toBe("conflict state_changed");
  });
});

describe("grace", () => {
  test.each([
    ["30 days from the confirmation", {}, 28 * day],
    ["72 hours from the approval where that is later", { confirmedAt: after(-29 * day) }, 3 * day],
    ["72 hours for somebody who does not want to wait", { options: { ...calm.options, leaveNow: true } }, 3 * day],
  ])("ends %s", (_name, erasure, ends) => {
    const decision = run({ erasure }, events.approved);
    expect(decision).toMatchObject({ to: "grace", set: { notBefore: after(ends) }, letters: ["erasure-scheduled notice", "erasure-scheduled mail"], jobs: ["erasure.suspension"] });
    expect(decision.wakeAt).toEqual(after(ends > 14 * day ? ends - 14 * day : ends - day));
  });

  test("T01 dst: thirty times 24 hours from the instant, across a change of the clocks", () => {
    const confirmedAt = new Date("2027-03-20T22:30:00Z");
    const { set } = decide(facts({ erasure: { confirmedAt } }), events.approved, confirmedAt, policy);
    expect(set.notBefore).toEqual(new Date("2027-04-19T22:30:00Z"));
  });

  test.each([
    [14 * day, "14", 11 * day],
    [3 * day, "3", 2 * day],
    [day, "1", day],
  ])("reminds %i ms before, through every channel, and sleeps until the next", (left, days, next) => {
    const notBefore = after(left);
    const decision = decide(facts({ state: "grace", erasure: { notBefore } }), events.clock, now, policy);
    expect(decision).toMatchObject({ to: "grace", wakeAt: after(next) });
    expect(decision.letters).toEqual(["notice", "mail"].map((channel) => ({ name: "erasure-reminder", channel, occasion: `${days} ${notBefore.toISOString()}` })));
  });

  test("ends at its instant, not a millisecond before", () => {
    expect(run({ state: "grace", erasure: { notBefore: after(1) } }, events.clock).to).toBe("grace");
    expect(run({ state: "grace", erasure: { notBefore: now } }, events.clock)).toMatchObject({
      to: "running", audit: ["grace_ended"], letters: ["erasure-begins notice", "erasure-begins mail"], jobs: ["erasure.run"],
    });
  });

  test.each([
    ["on hold", { heldAt: now }, null],
    ["after “not me”", {}, now],
    ["while the clocks are doubted", { restUntil: after(1) }, null],
    ["before a copy they asked for is theirs (C08)", { copyPending: true }, null],
    ["without an instant", { notBefore: null }, null],
  ])("does not end %s", (_name, erasure, frozenAt) => {
    const decision = decide(facts({ state: "grace", frozenAt, erasure: { notBefore: after(-day), ...erasure } }), events.clock, now, policy);
    expect(decision.to).toBe("grace");
    expect(decision.jobs).toEqual([]);
    expect(decision.wakeAt?.getTime() ?? Infinity).toBeGreaterThan(now.getTime());
  });

  test("a hold or a freeze that ends after its instant gives 72 hours again, told with the new date", () => {
    const over = { notBefore: after(-day), heldAt: after(-2 * day) };
    expect(run({ state: "grace", erasure: over }, events.unheld)).toMatchObject({
      to: "grace", set: { heldAt: null, notBefore: after(3 * day) }, wakeAt: after(2 * day), letters: ["erasure-scheduled notice", "erasure-scheduled mail"],
    });
    expect(run({ state: "grace", frozenAt: now, erasure: { notBefore: after(-day) } }, events.released)).toMatchObject({ set: { frozenAt: null, notBefore: after(3 * day) }, jobs: ["erasure.suspension"] });
    expect(run({ state: "grace", erasure: { ...over, notBefore: after(20 * day) } }, events.unheld).set).not.toHaveProperty("notBefore");
  });

  test("stopped: told, and the account thawed", () => {
    for (const by of ["subject", null]) {
      expect(run({ state: "grace", erasure: { notBefore: after(day) } }, { type: "withdrawn", by })).toMatchObject({
        to: "withdrawn", wakeAt: null, letters: ["erasure-stopped notice", "erasure-stopped mail"], jobs: ["erasure.suspension"], set: { closedAt: now, openKey: null },
      });
    }
    expect(run({ state: "unconfirmed" }, events.withdrawn).letters).toEqual([]);
  });

  test("“not me” thaws what a thief may have suspended", () => {
    expect(run({ state: "grace", erasure: { notBefore: after(day) } }, events.frozen).jobs).toEqual(["erasure.suspension"]);
  });
});

describe("while it runs", () => {
  test("the clock nudges it, and tells people once when nothing moved for a day (S01)", () => {
    const quiet = (progressAt: Date, waitsUntil: Date | null = null) => run({ state: "running", erasure: { progressAt, waitsUntil } }, events.clock);
    expect(quiet(after(-23 * 60 * minute))).toMatchObject({ jobs: ["erasure.run"], letters: [], wakeAt: after(30 * minute) });
    expect(quiet(after(-day)).letters).toEqual(["erasure-delayed notice", "erasure-delayed mail", "dpo-delayed mail"]);
    expect(quiet(after(-2 * day), after(-minute)).letters).toEqual([]);
  });

  test("a hold stops it, and lifting starts it", () => {
    expect(run({ state: "running", erasure: { heldAt: now } }, events.clock).jobs).toEqual([]);
    expect(refusal(() => run({ state: "failed", erasure: { heldAt: now } }, events.retried))).toBe("conflict held");
    expect(run({ state: "running", erasure: { heldAt: now } }, events.unheld)).toMatchObject({ jobs: ["erasure.run"], wakeAt: after(30 * minute) });
  });

  test("erased: closed, told", () => {
    expect(run({ state: "running" }, events.erased)).toMatchObject({ to: "fulfilled", wakeAt: null, letters: ["erasure-done notice", "erasure-done mail"], set: { closedAt: now, openKey: null } });
  });
});
