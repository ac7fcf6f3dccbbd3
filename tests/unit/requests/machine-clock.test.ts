import { describe, expect, test } from "vitest";
import type { RequestEvent } from "#lib/requests/events.ts";
import type { ClockFacts, RequestFacts } from "#lib/requests/facts.ts";
import { decide } from "#lib/requests/machine.ts";
import { day, unansweredAfter, untoldAfter } from "#lib/requests/timing.ts";
import { berlin, calmClock, london } from "#tests/fixtures/clock-facts.ts";
import { refusal, requestFacts } from "#tests/fixtures/request-facts.ts";

const now = new Date("2026-09-10T09:00:00Z");
const after = (milliseconds: number) => new Date(now.getTime() + milliseconds);
const dueAt = new Date("2026-10-05T22:00:00Z");

function facts({ clock, ...given }: Partial<Omit<RequestFacts, "clock">> & { clock?: Partial<ClockFacts> } = {}): RequestFacts {
  return requestFacts(now, { receivedAt: new Date("2026-09-03T09:00:00Z"), dueAt, ...given, clock: { ...calmClock, ...clock } });
}
const policy = { autoApproveExports: false, graceDays: 30, ...berlin };
const run = (given: Parameters<typeof facts>[0], event: RequestEvent, at = now, by: typeof policy = policy) => decide(facts(given), event, at, by);
const extended: RequestEvent = { type: "extended", by: "officer", reason: "number", text: "words" };
const asked: RequestEvent = { type: "asked", by: "officer", about: "identity", question: "words", doubt: "reason" };
const answered: RequestEvent = { type: "answered", by: "subject", answer: "words" };
const open = { id: "question", about: "identity" as const, pauses: true, restarts: false, askedAt: after(-7 * day), endedAt: null, ended: null };
const paused = { askedAt: open.askedAt, pausedAt: open.askedAt, enquiries: [open] };

describe("two months more", () => {
  test("once, inside the month with its last instant, and not while it stands still", () => {
    expect(refusal(() => run({}, extended, new Date(dueAt.getTime() - 1)))).toBeNull();
    expect(refusal(() => run({}, extended, dueAt))).toBe("conflict extension_late");
    expect(refusal(() => run({ clock: { extendedAt: now } }, extended))).toBe("conflict already_extended");
    expect(refusal(() => run({ clock: paused }, extended))).toBe("conflict clock_stopped");
  });

  test("is looked at again while nobody was told, before the first reminder of the new date", () => {
    expect(run({}, extended).wakeAt).toEqual(after(untoldAfter));
    const untold = { extendedAt: after(-untoldAfter), extensionTold: false };
    const later = { dueAt: new Date("2026-12-03T23:00:00Z"), clock: untold };
    expect(run(later, { type: "clock" })).toMatchObject({ wakeAt: dueAt, letters: [{ name: "dpo-untold", occasion: "" }] });
    expect(run({ ...later, clock: { ...untold, extensionTold: true } }, { type: "clock" })).toMatchObject({ letters: [], wakeAt: new Date("2026-11-26T23:00:00Z") });
  });
});

describe("a question", () => {
  test("without a reason nobody is asked who they are, and nothing stops", () => {
    expect(refusal(() => run({}, { ...asked, doubt: null }))).toBe("conflict doubt_required");
    expect(refusal(() => run({}, { ...asked, doubt: "" }))).toBe("conflict doubt_required");
  });

  test("stops only what the law lets it stop", () => {
    expect(run({}, asked)).toMatchObject({ set: { askedAt: now, pausedAt: now }, wakeAt: after(unansweredAfter), enquiry: { asks: { pauses: true, restarts: false } } });
    expect(run({}, asked, now, { ...policy, ...london })).toMatchObject({ enquiry: { asks: { pauses: true, restarts: true } } });
    const about = { ...asked, about: "clarification" as const };
    const { set, wakeAt, enquiry } = run({}, about);
    expect(set).toEqual({ askedAt: now });
    expect(wakeAt).toEqual(new Date(dueAt.getTime() - 7 * day));
    expect(enquiry).toMatchObject({ asks: { pauses: false, doubt: null } });
  });

  test("one at a time, and nothing is decided meanwhile but a refusal or a withdrawal, which end it", () => {
    for (const event of [asked, { type: "approved", by: "officer", rulings: { granted: [], refused: [] }, preview: false }, { type: "agreed", by: "officer" }] as const) {
      expect(refusal(() => run({ clock: paused }, event))).toBe("conflict enquiry_open");
    }
    expect(refusal(() => run({ state: "failed", clock: paused }, { type: "retried", by: "officer" }))).toBe("conflict enquiry_open");
    for (const event of [{ type: "denied", by: "officer", reason: "identity_not_proven", text: "words" }, { type: "withdrawn", by: "subject" }] as const) {
      expect(run({ clock: paused }, event)).toMatchObject({ wakeAt: null, set: { askedAt: null, pausedAt: null }, enquiry: { ends: "question", how: "closed" } });
    }
    expect(refusal(() => run({}, answered))).toBe("conflict no_enquiry");
  });

  test("answered, the days are added and the next reminder is that of the new date", () => {
    expect(run({ clock: paused }, answered)).toMatchObject({
      set: { askedAt: null, pausedAt: null, dueOn: new Date("2026-10-12"), dueAt: new Date("2026-10-12T22:00:00Z") },
      wakeAt: new Date("2026-10-05T22:00:00Z"),
      letters: [{ name: "dpo-answered" }],
      enquiry: { ends: "question", how: "answered", answer: "words" },
    });
  });

  test("while it stands still a freeze or its release moves nothing of that", () => {
    const wakeAt = after(unansweredAfter);
    expect(run({ wakeAt, clock: paused }, { type: "frozen" }).wakeAt).toEqual(wakeAt);
    expect(run({ wakeAt, frozenAt: now, clock: paused }, { type: "released", by: "officer", reason: "person_confirmed" }).wakeAt).toEqual(wakeAt);
  });
});
