import { describe, expect, test } from "vitest";
import type { EventType, RequestEvent } from "#lib/requests/events.ts";
import type { RequestFacts } from "#lib/requests/facts.ts";
import { can, decide } from "#lib/requests/machine.ts";
import { day } from "#lib/requests/timing.ts";
import { askedClock, berlin } from "#tests/fixtures/clock-facts.ts";
import { asRow, refusal, requestFacts } from "#tests/fixtures/request-facts.ts";

const now = new Date("2026-11-21T09:00:00Z");
const after = (days: number) => new Date(now.getTime() + days * day);
const policy = { autoApproveExports: true, graceDays: 30, ...berlin };
const approval = (preview: boolean): RequestEvent => ({ type: "approved", by: "officer", rulings: { granted: [], refused: [] }, preview });
const built: RequestEvent = { type: "built", expiresAt: after(7) };
const handedOut: RequestEvent = { type: "handed_out", by: "officer", expiresAt: after(9) };

const facts = (given: Partial<RequestFacts> = {}) => requestFacts(now, given);
const did = (given: Partial<RequestFacts>, event: RequestEvent) => {
  const { to, wakeAt, set, letters, jobs } = decide(facts(given), event, now, policy);
  return { to, wakeAt, set, letters: letters.map(({ name, channel }) => `${name} ${channel}`), jobs: jobs.map(({ queue }) => queue) };
};
const offered = (given: Partial<RequestFacts>, type: EventType) => can(asRow(facts(given)), type);

describe("a package the operator wants to see first", () => {
  test("is remembered when the request is approved, and not otherwise", () => {
    expect(did({}, approval(true)).set).toMatchObject({ previewFirst: true });
    expect(did({}, approval(false)).set).toMatchObject({ previewFirst: false });
  });

  test("waits with the operator when it is built: they are told, the person is not, and the legal clock goes on", () => {
    expect(did({ state: "running", previewFirst: true }, built)).toEqual({ to: "review", wakeAt: after(23), set: {}, letters: ["dpo-preview mail"], jobs: [] });
    expect(did({ state: "running" }, built)).toMatchObject({ to: "ready", wakeAt: after(7), letters: ["ready notice", "ready mail"] });
  });

  test("is on offer from the moment it is handed out, for all of its days", () => {
    expect(did({ packages: ["p"], previewFirst: true }, handedOut)).toEqual({ to: "ready", wakeAt: after(9), set: {}, letters: ["ready notice", "ready mail"], jobs: [] });
  });

  test("is not built a second time, and nothing is handed out that is not there", () => {
    expect(refusal(() => did({ packages: ["p"], previewFirst: true }, approval(false)))).toBe("conflict state_changed");
    expect(refusal(() => did({ previewFirst: true }, handedOut))).toBe("conflict state_changed");
    expect([offered({ packages: ["p"] }, "approved"), offered({}, "handed_out")]).toEqual([false, false]);
    // Destroyed because nobody handed it out in time: it can be built anew.
    expect(did({ previewFirst: true }, approval(true)).to).toBe("running");
    expect([offered({}, "approved"), offered({ packages: ["p"] }, "handed_out")]).toEqual([true, true]);
  });

  test("goes with a refusal or a withdrawal", () => {
    for (const event of [{ type: "denied", by: "officer", reason: "rights_of_others", text: "words" }, { type: "withdrawn", by: "subject" }] as const) expect(did({ packages: ["p"], previewFirst: true }, event).jobs).toEqual(["package.remove"]);
  });

  test("is not handed out while the request is frozen, nor while the person is asked", () => {
    expect(refusal(() => did({ packages: ["p"], previewFirst: true, frozenAt: now }, handedOut))).toBe("conflict frozen");
    expect(refusal(() => did({ packages: ["p"], previewFirst: true, clock: askedClock }, handedOut))).toBe("conflict enquiry_open");
    expect([offered({ packages: ["p"], frozenAt: now }, "handed_out"), offered({ packages: ["p"], clock: askedClock }, "handed_out")]).toEqual([false, false]);
  });
});
