import { beforeEach, describe, expect, test } from "vitest";
import { approveRequest } from "#lib/requests/approve.ts";
import { holdErasure } from "#lib/requests/hold.ts";
import { recoveryCode } from "#lib/requests/recovery.ts";
import { stopErasure } from "#lib/requests/stop-erasure.ts";
import { submitErasure } from "#lib/requests/submit-erasure.ts";
import { submitExport } from "#lib/requests/submit.ts";
import { day, minute } from "#lib/requests/timing.ts";
import { unholdErasure } from "#lib/requests/unhold.ts";
import { viewMyRequest } from "#lib/requests/views.ts";
import { withdrawRequest } from "#lib/requests/withdraw.ts";
import { testNow } from "#tests/fixtures/clock.ts";
import { testSecret } from "#tests/fixtures/context.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { openWorld, outcomes, refusal } from "./world.ts";

const world = openWorld();
beforeEach(async () => {
  world.reset();
  await world.db.heartbeat.deleteMany();
  await world.db.request.deleteMany();
  await world.db.person.deleteMany();
});
const options = { redact: true, suspend: true, leaveNow: false };
const at = (milliseconds: number) => new Date(testNow.getTime() + milliseconds);
const stateOf = async (id: string) => (await world.db.request.findUniqueOrThrow({ where: { id } })).state;

async function plan(personId: string, given: object = {}) {
  return await world.db.erasurePlan.create({ data: { personId, askedAt: testNow, madeAt: testNow, hash: "h", body: { risks: ["admin"] }, ...given } });
}

async function erasure(given: Parameters<typeof makeRequest>[2] = {}) {
  const actor = await makePerson(world.db);
  const { id, reference } = await makeRequest(world.db, actor.personId, { kind: "erasure", scope: options, confirmedAt: testNow, ...given });
  return { personId: actor.personId, actor, id, reference };
}
const inGrace = (notBefore: Date, given: Parameters<typeof makeRequest>[2] = {}) => erasure({ state: "grace", notBefore, wakeAt: notBefore, ...given });

describe("asking", () => {
  test("stands on a plan of one's own, fresh and not used before; the risks go with it", async () => {
    const actor = await makePerson(world.db);
    const { personId } = actor;
    const web = world.web(actor);
    const { id: planId } = await plan(personId);
    const ask = (given: object = {}) => submitErasure(web, { planId, confirmation: actor.mxid, suspend: "on", ...given });
    const other = await plan((await makePerson(world.db)).personId);
    const old = await plan(personId, { madeAt: at(-day - 1) });
    const unmade = await plan(personId, { madeAt: null, body: undefined });
    for (const { id } of [other, old, unmade]) expect(await refusal(ask({ planId: id }))).toBe("conflict plan_old");
    expect(await refusal(ask({ confirmation: "delete" }))).toBe("invalid form");

    const { reference, existing } = await ask();
    expect(existing).toBe(false);
    const row = await world.db.request.findUniqueOrThrow({ where: { reference } });
    expect(row).toMatchObject({ kind: "erasure", state: "unconfirmed", planId, risks: ["admin"], scope: { redact: false, suspend: true, leaveNow: false } });
    expect(await ask({ planId: (await plan(personId)).id })).toEqual({ reference, existing: true });
    expect((await viewMyRequest(web, reference)).erasure).toMatchObject({ planId, recoveryCode: null });
  });

  test("needs a sign-in of the last ten minutes, and an account that may", async () => {
    const actor = await makePerson(world.db);
    const { id: planId } = await plan(actor.personId);
    const input = { planId, confirmation: actor.mxid };
    expect(await refusal(submitErasure(world.web({ ...actor, authenticatedAt: at(-10 * minute) }), input))).toBe("forbidden proof_too_old");
    await world.db.person.update({ where: { id: actor.personId }, data: { accountState: "locked" } });
    expect(await refusal(submitErasure(world.web(actor), input))).toBe("forbidden account_not_eligible");
  });

  test("C08: no copy is begun of what is half erased", async () => {
    const { actor } = await erasure({ state: "running" });
    expect(await refusal(submitExport(world.web(actor), { kinds: ["profile"], mediaFiles: "no" }))).toBe("conflict erasure_under_way");
  });
});

describe("deciding", () => {
  test("S21: two operators, never the same, also when both press at once", async () => {
    const { id, reference } = await erasure({ state: "review", risks: ["admin"] });
    const [first, second] = [await makePerson(world.db, { operator: true }), await makePerson(world.db, { operator: true })].map((actor) => world.web(actor));
    if (!first || !second) throw new Error("no operators");
    expect(await outcomes([approveRequest(first, { reference }), approveRequest(first, { reference }), approveRequest(first, { reference })])).toMatchObject({ done: 1 });
    expect(await stateOf(id)).toBe("review");
    expect(await refusal(approveRequest(first, { reference }))).toBe("conflict second_is_first");
    await approveRequest(second, { reference });
    expect(await stateOf(id)).toBe("grace");
    expect((await world.audit(id)).map(({ event }) => event)).toEqual(["agreed", "approved"]);
    expect(world.queue.of("erasure.suspension")).toEqual([{ queue: "erasure.suspension", data: { requestId: id } }]);
  });

  test("nobody decides, holds or lifts their own", async () => {
    const actor = await makePerson(world.db, { operator: true });
    const { reference } = await makeRequest(world.db, actor.personId, { kind: "erasure", scope: options, state: "review" });
    const web = world.web(actor);
    const hold = () => holdErasure(web, { reference, reason: "legal_claims", text: "x".repeat(20) });
    for (const act of [() => approveRequest(web, { reference }), hold, () => unholdErasure(web, { reference })]) expect(await refusal(act())).toBe("forbidden own_case");
  });

  test("a legal hold stops the end of grace until it is lifted", async () => {
    const { id, reference } = await inGrace(at(minute));
    const actor = await makePerson(world.db, { operator: true });
    const web = world.web(actor);
    const hold = { reference, reason: "legal_claims", text: "A claim is before the court of Berlin." };
    await holdErasure(web, hold);
    expect(await refusal(holdErasure(web, hold))).toBe("conflict already_held");
    world.clock.advance(2 * minute);
    await world.db.request.update({ where: { id }, data: { wakeAt: at(minute) } });
    await world.sweep(world.worker());
    expect(await stateOf(id)).toBe("grace");
    await unholdErasure(web, { reference });
    const { notBefore, heldAt } = await world.db.request.findUniqueOrThrow({ where: { id } });
    expect([notBefore, heldAt]).toEqual([at(2 * minute + 3 * day), null]);
    expect(await refusal(unholdErasure(web, { reference }))).toBe("conflict not_held");
  });
});

describe("changing one's mind", () => {
  const code = (id: string) => recoveryCode(testSecret, id);

  test("T06: a hundred stops against the clock: exactly one wins, and all see the same", async () => {
    for (const early of [true, false]) {
      const { id, reference, actor } = await inGrace(testNow);
      const web = world.web(actor);
      const stops = Array.from({ length: 50 }, () => [withdrawRequest(web, { reference }), stopErasure(web, { reference, code: code(id) })]).flat();
      const sweeps = () => [1, 2, 3].map(() => world.sweep(world.worker()));
      await Promise.all(early ? [...stops.map((act) => act.catch(() => null)), ...sweeps()] : [...sweeps(), ...stops.map((act) => act.catch(() => null))]);
      const events = (await world.audit(id)).map(({ event }) => event);
      expect(events).toEqual([(await stateOf(id)) === "withdrawn" ? "withdrawn" : "grace_ended"]);
      const letters = await world.db.letter.findMany({ where: { requestId: id } });
      expect(new Set(letters.map(({ name }) => name))).toEqual(new Set([events[0] === "withdrawn" ? "erasure-stopped" : "erasure-begins"]));
    }
  });

  test("a millisecond before the end it can be stopped, at the end it has begun", async () => {
    const { id, reference } = await inGrace(at(1));
    await world.sweep(world.worker());
    expect(await stateOf(id)).toBe("grace");
    world.clock.advance(1);
    await world.sweep(world.worker());
    expect(await stateOf(id)).toBe("running");
    expect(await refusal(stopErasure(world.web(await makePerson(world.db)), { reference, code: code(id) }))).toBe("conflict state_changed");
  });

  test("the recovery code: as typed by hand; a wrong one, a wrong reference and a copy's reference look alike", async () => {
    const { id, reference } = await inGrace(at(day));
    const web = world.web(await makePerson(world.db));
    const copy = await makeRequest(world.db, (await makePerson(world.db)).personId, {});
    for (const [ref, typed] of [[reference, code(copy.id)], ["ZZZZZZZZ", code(id)], [copy.reference, code(copy.id)], [undefined, code(id)]]) {
      expect(await refusal(stopErasure(web, { reference: ref, code: typed }))).toBe("invalid recovery_wrong");
    }
    expect(await refusal(stopErasure(web, { reference, code: "" }))).toBe("invalid code_format");
    expect(await stateOf(id)).toBe("grace");
    const typed = code(id).toLowerCase();
    await stopErasure(web, { reference: `${reference.slice(0, 4)}-${reference.slice(4)}`, code: `${typed.slice(0, 4)} ${typed.slice(4)}` });
    expect(await stateOf(id)).toBe("withdrawn");
  });

  test("guesses are paid for before they are compared, twenty an hour", async () => {
    const { id, reference } = await inGrace(at(day));
    const web = world.web(await makePerson(world.db));
    const guess = () => stopErasure(web, { reference, code: "00000000" });
    expect(await outcomes(Array.from({ length: 19 }, guess))).toEqual({ "invalid recovery_wrong": 19 });
    expect(await outcomes(Array.from({ length: 30 }, guess))).toEqual({ "invalid recovery_wrong": 30 });
    // Right, too late, and told in the same words: who guesses learns nothing of the reference.
    expect(await refusal(stopErasure(web, { reference, code: code(id) }))).toBe("invalid recovery_wrong");
    world.clock.advance(60 * minute + 1);
    expect(await refusal(stopErasure(web, { reference, code: code(id) }))).toBeNull();
  });
});

describe("time", () => {
  test("T02: after a jump no sweep lived through, no grace ends for a day, and the record says why", async () => {
    const { id } = await inGrace(at(20 * day));
    await world.sweep(world.worker());
    world.clock.advance(400 * day);
    await world.sweep(world.worker());
    expect(await stateOf(id)).toBe("grace");
    for (let hours = 1; hours < 24; hours += 1) {
      world.clock.advance(60 * minute);
      await world.sweep(world.worker());
    }
    expect(await stateOf(id)).toBe("grace");
    world.clock.advance(120 * minute);
    await world.sweep(world.worker());
    expect(await stateOf(id)).toBe("running");
    expect(await world.db.auditRecord.count({ where: { event: "clock_gap", at: { gte: testNow } } })).toBeGreaterThan(0);
  });

  test("T02: a clock that jumped ahead and was set back is not believed either", async () => {
    await world.sweep(world.worker());
    world.clock.set(at(-60 * minute));
    await world.sweep(world.worker());
    const { id } = await inGrace(at(-2 * 60 * minute));
    await world.sweep(world.worker());
    expect(await stateOf(id)).toBe("grace");
  });

  test("C08: a copy that was asked for is theirs first", async () => {
    const { id, personId } = await inGrace(testNow);
    const copy = await makeRequest(world.db, personId, { state: "running" });
    await world.sweep(world.worker());
    expect(await stateOf(id)).toBe("grace");
    await world.db.request.update({ where: { id: copy.id }, data: { state: "ready" } });
    await world.db.package.create({ data: { requestId: copy.id, storageKey: copy.id, wrappedKey: "k", bytes: 1n, sha256: "0", builtAt: testNow, expiresAt: at(7 * day), summary: {}, downloads: 1 } });
    world.clock.advance(60 * minute);
    await world.sweep(world.worker());
    expect(await stateOf(id)).toBe("running");
  });

  test("K19: an emptied queue is healed from the rows alone", async () => {
    const running = await erasure({ state: "running", wakeAt: at(day) });
    const waiting = await erasure({ state: "running", wakeAt: at(day) });
    await world.db.erasure.create({ data: { requestId: waiting.id, steps: { create: { name: "recheck", state: "intended", intendedAt: testNow, wakeAt: at(day) } } } });
    const grace = await inGrace(at(day));
    const stopped = await erasure({ state: "withdrawn", closedAt: testNow });
    await world.db.erasure.create({ data: { requestId: stopped.id, suspendedAt: testNow } });
    await world.sweep(world.worker());
    expect(world.queue.of("erasure.run").map(({ data }) => data)).toEqual([{ requestId: running.id }]);
    expect(new Set(world.queue.of("erasure.suspension").map(({ data }) => (data as { requestId: string }).requestId))).toEqual(new Set([grace.id, stopped.id]));
  });

  test("S01: a run that moves within a step is not late, one that does not is told once", async () => {
    const { id } = await erasure({ state: "running", wakeAt: testNow });
    const step = { requestId: id, name: "redact" };
    await world.db.erasure.create({ data: { requestId: id, steps: { create: { name: "redact", state: "intended", intendedAt: at(-2 * day), movedAt: at(-minute) } } } });
    await world.sweep(world.worker());
    expect(await world.db.letter.count({ where: { requestId: id } })).toBe(0);
    await world.db.erasureStep.update({ where: { requestId_name: step }, data: { movedAt: at(-day) } });
    for (const wakeAt of [testNow, testNow]) {
      await world.db.request.update({ where: { id }, data: { wakeAt } });
      await world.sweep(world.worker());
    }
    expect((await world.db.letter.findMany({ where: { requestId: id } })).map(({ name }) => name).sort()).toEqual(["dpo-delayed", "erasure-delayed"]);
  });

  test("a plan nobody asked on is gone after a day", async () => {
    const { personId } = await makePerson(world.db);
    await plan(personId);
    world.clock.advance(day + 1);
    await world.sweep(world.worker());
    expect(await world.db.erasurePlan.count()).toBe(0);
  });
});
