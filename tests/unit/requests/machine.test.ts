import { describe, expect, test } from "vitest";
import type { EventType, RequestEvent } from "#lib/requests/events.ts";
import type { RequestFacts } from "#lib/requests/facts.ts";
import { can, decide } from "#lib/requests/machine.ts";
import { states } from "#lib/requests/states.ts";
import { day, maxBuildAttempts, minute } from "#lib/requests/timing.ts";
import { berlin } from "#tests/fixtures/clock-facts.ts";
import { asRow, refusal, requestFacts } from "#tests/fixtures/request-facts.ts";

const now = new Date("2026-11-21T09:00:00Z");
const after = (milliseconds: number) => new Date(now.getTime() + milliseconds);
const expiresAt = after(7 * day);
const byHand = { autoApproveExports: false, graceDays: 30, ...berlin };

const events: { readonly [T in EventType]: Extract<RequestEvent, { type: T }> } = {
  confirmed: { type: "confirmed", by: "subject" },
  withdrawn: { type: "withdrawn", by: "subject" },
  agreed: { type: "agreed", by: "first officer" },
  approved: { type: "approved", by: "officer", rulings: { granted: [], refused: [] }, preview: false },
  denied: { type: "denied", by: "officer", reason: "manifestly_unfounded", text: "words" },
  replied: { type: "replied", by: "officer", text: "words" },
  retried: { type: "retried", by: "officer" },
  held: { type: "held", by: "officer", reason: "legal_claims", text: "words" },
  unheld: { type: "unheld", by: "officer" },
  erased: { type: "erased" },
  released: { type: "released", by: "officer", reason: "person_confirmed" },
  built: { type: "built", expiresAt },
  handed_out: { type: "handed_out", by: "officer", expiresAt },
  gave_up: { type: "gave_up", failure: "storage_full" },
  package_lost: { type: "package_lost", failure: "package_unreadable" },
  downloaded: { type: "downloaded", by: "subject", occasion: "first" },
  frozen: { type: "frozen" },
  extended: { type: "extended", by: "officer", reason: "complexity", text: "words" },
  asked: { type: "asked", by: "officer", about: "clarification", question: "words", doubt: null },
  answered: { type: "answered", by: "subject", answer: "words" },
  enquiry_ended: { type: "enquiry_ended", by: "officer", how: "dropped" },
  clock: { type: "clock" },
};

const facts = (given: Partial<RequestFacts> = {}) => requestFacts(now, given);

/** Written out a second time, by hand: state → event → next state. Everything else must be refused. */
const road: Record<string, Partial<Record<EventType, string>>> = {
  unconfirmed: { confirmed: "review", withdrawn: "withdrawn", clock: "expired", frozen: "unconfirmed" },
  review: { approved: "running", denied: "denied", withdrawn: "withdrawn", clock: "review", frozen: "review", extended: "review", asked: "review" },
  grace: { withdrawn: "withdrawn", clock: "grace", frozen: "grace", held: "grace" },
  running: { built: "ready", gave_up: "failed", withdrawn: "withdrawn", clock: "running", frozen: "running" },
  ready: { downloaded: "ready", package_lost: "failed", withdrawn: "withdrawn", clock: "fulfilled", frozen: "ready" },
  failed: { retried: "running", denied: "denied", withdrawn: "withdrawn", clock: "failed", frozen: "failed", extended: "failed", asked: "failed" },
  fulfilled: { frozen: "fulfilled" },
  denied: {},
  withdrawn: {},
  expired: {},
};
/** The same for a frozen request. */
const frozenRoad: typeof road = {
  unconfirmed: { withdrawn: "withdrawn", clock: "expired", released: "unconfirmed" },
  review: { denied: "denied", withdrawn: "withdrawn", clock: "review", released: "review", extended: "review", asked: "review" },
  grace: { withdrawn: "withdrawn", denied: "denied", clock: "grace", released: "grace", held: "grace" },
  running: { built: "ready", gave_up: "failed", withdrawn: "withdrawn", clock: "running", released: "running" },
  ready: { package_lost: "failed", withdrawn: "withdrawn", denied: "denied", clock: "expired", released: "ready" },
  failed: { denied: "denied", withdrawn: "withdrawn", clock: "failed", released: "failed", extended: "failed", asked: "failed" },
  fulfilled: { released: "fulfilled" },
  denied: {},
  withdrawn: {},
  expired: {},
};

describe.each([
  ["as it is", null, road],
  ["frozen", now, frozenRoad],
])("a request %s", (_name, frozenAt, expected) => {
  for (const state of states) {
    test.each(Object.keys(events) as EventType[])(`${state}: %s`, (type) => {
      const to = expected[state]?.[type];
      const act = () => decide(facts({ state, frozenAt }), events[type], now, byHand);
      if (to) expect(act().to).toBe(to);
      else expect(refusal(act)).toMatch(/^conflict (state_changed|frozen|not_frozen|already_frozen|not_held|no_enquiry)$/);
      expect(can(asRow(facts({ state, frozenAt })), type)).toBe(to !== undefined);
    });
  }
});

describe("what goes with a step", () => {
  const did = (given: Partial<RequestFacts>, event: RequestEvent, policy = byHand) => {
    const { audit, jobs, letters, ...rest } = decide(facts(given), event, now, policy);
    return {
      ...rest,
      audit: audit.map(({ event, actor, actorId }) => `${event} by ${actor}${actorId ? ` ${actorId}` : ""}`),
      jobs: jobs.map((job) => job.queue),
      letters: letters.map(({ name, channel }) => `${name} ${channel}`),
    };
  };

  test("confirmed: the desk is told, the preview counted, and the next reminder set", () => {
    expect(did({ state: "unconfirmed" }, events.confirmed)).toEqual({
      to: "review",
      wakeAt: after(23 * day),
      set: { confirmedAt: now },
      audit: ["confirmed by subject subject"],
      jobs: ["request.count"],
      letters: ["received notice", "received mail", "dpo-new mail"],
    });
  });

  test("confirmed with automatic approval: straight to the worker, and the record says that a rule decided", () => {
    expect(did({ state: "unconfirmed" }, events.confirmed, { ...byHand, autoApproveExports: true })).toEqual({
      to: "running",
      wakeAt: after(30 * minute),
      set: { confirmedAt: now, decidedAt: now },
      audit: ["confirmed by subject subject", "auto_approved by worker"],
      jobs: ["export.build"],
      letters: ["received notice", "received mail"],
    });
    expect(did({ state: "unconfirmed", kind: "erasure" }, events.confirmed, { ...byHand, autoApproveExports: true }).to).toBe("review");
  });

  test("a rule never approves what needs a decision of its own", () => {
    expect(did({ state: "unconfirmed", wishes: ["backfilled_own"] }, events.confirmed, { ...byHand, autoApproveExports: true })).toMatchObject({
      to: "review", set: { confirmedAt: now }, jobs: ["request.count"], letters: ["received notice", "received mail", "dpo-new mail"],
    });
  });

  test("approved with rulings: each stands in the row with its words, and in the record by its kind alone", () => {
    const reason = "words for the person";
    const rulings = { granted: [{ kind: "backfilled_own", reason }], refused: [{ kind: "reports", reason }] } as const;
    const { set, audit } = decide(facts({ wishes: ["backfilled_own"] }), { ...events.approved, rulings }, now, byHand);
    expect(set).toEqual({ decidedAt: now, decidedById: "officer", previewFirst: false, ...rulings });
    expect(audit).toEqual([
      { event: "approved", actor: "operator", actorId: "officer", data: {} },
      { event: "kind_granted", actor: "operator", actorId: "officer", data: { kind: "backfilled_own" } },
      { event: "kind_refused", actor: "operator", actorId: "officer", data: { kind: "reports" } },
    ]);
    expect(did({}, events.approved)).toMatchObject({ set: { decidedAt: now, decidedById: "officer", previewFirst: false }, audit: ["approved by operator officer"] });
  });

  test("without a mail address the notice goes alone", () => {
    expect(did({ hasMail: false }, events.approved)).toMatchObject({ to: "running", jobs: ["export.build"], letters: ["approved notice"] });
  });

  test("denied: closed, with reason, words and letter", () => {
    expect(did({}, events.denied)).toEqual({
      to: "denied",
      wakeAt: null,
      set: { decidedAt: now, decidedById: "officer", denialReason: "manifestly_unfounded", denialText: "words", closedAt: now, openKey: null },
      audit: ["denied by operator officer"],
      jobs: [],
      letters: ["denied notice", "denied mail"],
    });
  });

  test("built: wakes when the package dies; nobody is told while it is frozen, but on release", () => {
    expect(did({ state: "running" }, events.built)).toMatchObject({ to: "ready", wakeAt: expiresAt, letters: ["ready notice", "ready mail"] });
    expect(did({ state: "running", frozenAt: now }, events.built)).toMatchObject({ to: "ready", wakeAt: expiresAt, letters: [] });
    expect(did({ state: "ready", frozenAt: now }, events.released).letters).toEqual(["ready notice", "ready mail"]);
    expect(did({ state: "review", frozenAt: now }, events.released).letters).toEqual([]);
  });

  test.each(["withdrawn", "denied", "clock"] as const)("%s takes the package out of the storage", (type) => {
    const frozenAt = type === "denied" ? now : null;
    const { jobs, set } = decide(facts({ state: "ready", frozenAt, packages: ["p1", "p2"] }), events[type], now, byHand);
    expect(jobs).toEqual(["p1", "p2"].map((packageId) => ({ queue: "package.remove", data: { packageId } })));
    expect(set).toMatchObject({ closedAt: now, openKey: null });
  });

  test("the end of a package nobody fetched is told", () => {
    expect(did({ state: "ready" }, events.clock)).toMatchObject({ to: "fulfilled", audit: ["fulfilled by clock"], letters: ["expired notice", "expired mail"] });
    expect(did({ state: "ready", downloads: 1 }, events.clock).letters).toEqual([]);
  });

  test("bytes that no longer open: an operator must look, and the person is told", () => {
    expect(did({ state: "ready" }, events.package_lost)).toMatchObject({
      to: "failed", set: { failure: "package_unreadable" }, letters: ["failed notice", "failed mail", "dpo-failed mail"],
    });
  });

  test("a frozen build rests until it is released", () => {
    expect(did({ state: "running", frozenAt: now }, events.clock)).toMatchObject({ to: "running", audit: [], jobs: [], letters: [], wakeAt: after(23 * day) });
    expect(did({ state: "running", frozenAt: now }, events.released)).toMatchObject({ jobs: ["export.build"], wakeAt: after(30 * minute) });
    expect(did({ state: "ready", frozenAt: now }, events.released).jobs).toEqual([]);
  });

  test("a download and a freeze keep the moment at which the request wakes", () => {
    for (const event of [events.downloaded, events.frozen]) {
      expect(decide(facts({ state: "ready", wakeAt: expiresAt }), event, now, byHand).wakeAt).toBe(expiresAt);
    }
  });

  test("one letter a download: the occasion tells them apart", () => {
    expect(decide(facts({ state: "ready" }), events.downloaded, now, byHand).letters.map((letter) => letter.occasion)).toEqual(["first", "first"]);
  });
});

describe("the clock", () => {
  test("does nothing before its time", () => {
    expect(refusal(() => decide(facts({ wakeAt: after(1) }), events.clock, now, byHand))).toBe("conflict not_due");
    expect(refusal(() => decide(facts({ wakeAt: null }), events.clock, now, byHand))).toBe("conflict not_due");
  });

  test.each([
    [7 * day, 4 * day, "7"],
    [3 * day, 2 * day, "3"],
    [1 * day, 1 * day, "1"],
    [0, null, "0"],
    [-5 * day, null, "0"],
  ])("reminds the desk %i ms before the legal deadline", (left, next, occasion) => {
    for (const [state, frozenAt] of [["review", null], ["review", now], ["failed", null], ["running", now]] as const) {
      const decision = decide(facts({ state, frozenAt, dueAt: after(left) }), events.clock, now, byHand);
      expect(decision.wakeAt).toEqual(next === null ? null : after(next));
      expect(decision.letters).toEqual([{ name: "dpo-reminder", channel: "mail", occasion }]);
      expect(decision.audit).toMatchObject([{ event: "reminded", actor: "clock" }]);
    }
  });

  const running = (build: RequestFacts["build"]) => decide(facts({ state: "running", build }), events.clock, now, byHand);

  test("leaves a living build alone", () => {
    for (const sign of [after(minute), after(-29 * minute)]) {
      expect(running({ attempts: 99, leaseUntil: sign, updatedAt: null })).toMatchObject({ to: "running", jobs: [], audit: [] });
      expect(running({ attempts: 99, leaseUntil: null, updatedAt: sign })).toMatchObject({ to: "running", jobs: [], audit: [] });
    }
    expect(running({ attempts: 1, leaseUntil: after(5 * minute), updatedAt: null }).wakeAt).toEqual(after(35 * minute));
  });

  test.each([null, { attempts: maxBuildAttempts - 1, leaseUntil: after(-30 * minute), updatedAt: after(-40 * minute) }])("starts a lost build again", (build) => {
    expect(running(build)).toMatchObject({
      to: "running",
      wakeAt: after(30 * minute),
      jobs: [{ queue: "export.build", data: { requestId: "request" } }],
      audit: [{ event: "build_restarted", actor: "clock" }],
    });
  });

  test("gives up when the attempts are used up, and tells both sides", () => {
    const decision = running({ attempts: maxBuildAttempts, leaseUntil: after(-day), updatedAt: null });
    expect(decision).toMatchObject({ to: "failed", wakeAt: after(23 * day), set: { failure: "build_stuck" } });
    expect(decision.letters.map(({ name }) => name)).toEqual(["failed", "failed", "dpo-failed"]);
  });
});
