import { describe, expect, it } from "vitest";
import { notDone, removedBy } from "#lib/erasure/certificate.ts";
import type { RoomLeft } from "#lib/erasure/eyes.ts";
import { asRunError, erasureFailures, passing } from "#lib/erasure/failures.ts";
import { Pace } from "#lib/erasure/pace.ts";
import { staysBy } from "#lib/erasure/redact-stays.ts";
import { markOf } from "#lib/erasure/register.ts";
import type { Facts } from "#lib/erasure/step.ts";
import type { StepName } from "#lib/erasure/step-names.ts";
import { GiveUp, RetryLater } from "#lib/errors.ts";
import { HomeserverRefused, HomeserverUnavailable, type RoomId } from "#lib/matrix/homeserver.ts";
import { translator } from "#lib/messages/messages.ts";
import { SynapseDbUnavailable, SynapseDbUnfit } from "#lib/synapse-db/synapse-db.ts";

describe("the pace of redactions", () => {
  it("takes one more at a time while all is well; half as many and a rest after a slow answer", () => {
    const pace = new Pace();
    expect([pace.width, pace.delay]).toEqual([1, 0]);
    for (let n = 0; n < 5; n += 1) pace.heard(30);
    expect([pace.width, pace.delay]).toEqual([4, 0]);
    pace.heard(400);
    expect([pace.width, pace.delay]).toEqual([2, 400]);
    for (let n = 0; n < 7; n += 1) pace.heard(30);
    expect([pace.width, pace.delay]).toEqual([4, 0]);
  });

  it("never rests longer than two seconds, and not at all for what is always slow", () => {
    const pace = new Pace();
    for (let n = 0; n < 20; n += 1) pace.heard(10, true);
    expect([pace.width, pace.delay]).toEqual([1, 2_000]);
    const steady = new Pace();
    for (let n = 0; n < 20; n += 1) steady.heard(300);
    expect(steady.delay).toBe(0);
  });
});

describe("what is left unredacted", () => {
  const room = (name: string, more: Partial<RoomLeft>): RoomLeft => ({ room: `!${name}:x` as RoomId, version: "12", swept: 0, others: 0, kept: 0, rejected: 0, tooOld: 0, total: 0, ...more });
  const joined = new Set(["!in:x" as RoomId]);

  it("is counted by reason, each event once", () => {
    const left = [room("in", { swept: 5, tooOld: 2, others: 1, kept: 3 }), room("out", { swept: 1, others: 4, rejected: 1 }), room("old", { version: "9", others: 2 })];
    expect(staysBy(left, { joined, suspended: false })).toEqual({
      room_works: { rooms: 1, events: 3 }, too_old: { rooms: 1, events: 2 }, refused: { rooms: 2, events: 5 }, left_room: { rooms: 2, events: 6 }, rejected: { rooms: 1, events: 1 },
    });
  });

  it("in an old room of somebody suspended has that reason alone", () => {
    expect(staysBy([room("in", { version: "10", swept: 2, others: 3 })], { joined, suspended: true })).toEqual({ suspended_old_room: { rooms: 1, events: 5 } });
    expect(staysBy([], { joined, suspended: true })).toEqual({});
  });
});

describe("the certificate's numbers", () => {
  const facts = (all: Partial<Record<StepName, Facts>>) => (name: StepName) => all[name] ?? {};
  it("follow from what the steps recorded, and leave out what is nothing", () => {
    const all = facts({ redact: { before: 10, after: 3, stays: { left_room: { rooms: 1, events: 2 }, refused: { rooms: 1, events: 1 } } }, media: { deleted: 4, stays: 1 }, verify: { locked: true }, leave: { left: 2 } });
    expect(removedBy(all)).toEqual([{ code: "events", count: 7 }, { code: "rooms_left", count: 2 }, { code: "media", count: 4 }, { code: "account", count: 1 }]);
    expect(notDone(all)).toEqual([{ code: "left_room", count: 2 }, { code: "refused", count: 1 }, { code: "media", count: 1 }]);
    expect([removedBy(facts({})), notDone(facts({}))]).toEqual([[], []]);
  });
});

describe("failures", () => {
  it("each has its sentence", () => {
    const t = translator("en", "failures");
    for (const failure of erasureFailures) expect(t(failure).length).toBeGreaterThan(10);
  });

  it.each([
    [new HomeserverUnavailable("x", { afterSeconds: 7 }), RetryLater, "homeserver_down"],
    [new HomeserverRefused(401, "M_UNKNOWN_TOKEN"), GiveUp, "homeserver_refused"],
    [new SynapseDbUnavailable(), RetryLater, "synapse_database_down"],
    [new SynapseDbUnfit("x"), GiveUp, "synapse_database_refused"],
  ])("%s is for later or for an operator", (error, kind, failure) => {
    const said = asRunError(error) as RetryLater | GiveUp;
    expect(said).toBeInstanceOf(kind);
    expect(said.failure).toBe(failure);
    expect(passing.has(failure)).toBe(kind === RetryLater);
  });

  it("a bug stays a bug", () => {
    const bug = new TypeError("x is undefined");
    expect(asRunError(bug)).toBe(bug);
  });
});

it("a mark tells accounts apart by name, by time and by secret", () => {
  const marks = [markOf("a".repeat(32), "@a:x", 1), markOf("a".repeat(32), "@a:x", 2), markOf("a".repeat(32), "@A:x", 1), markOf("b".repeat(32), "@a:x", 1), markOf("a".repeat(32), "1 @a:x", 1)];
  expect(new Set(marks).size).toBe(5);
  expect(marks.join("")).not.toContain("@a");
});
