import { beforeEach, expect, test } from "vitest";
import { pendingPlan } from "#lib/erasure/pending-plan.ts";
import { previewErasure } from "#lib/erasure/preview-erasure.ts";
import { viewCalendar } from "#lib/erasure/view-calendar.ts";
import { viewCasePlan } from "#lib/erasure/view-case-plan.ts";
import { holdErasure } from "#lib/requests/hold.ts";
import { day } from "#lib/requests/timing.ts";
import { unholdErasure } from "#lib/requests/unhold.ts";
import { withdrawRequest } from "#lib/requests/withdraw.ts";
import { testNow } from "#tests/fixtures/clock.ts";
import { makePerson, makeRequest, type TestPerson } from "#tests/fixtures/people.ts";
import { openWorld, refusal } from "#tests/integration/requests/world.ts";

const world = openWorld();
let actor: TestPerson;
let operator: TestPerson;
beforeEach(async () => {
  world.reset();
  actor = await makePerson(world.db);
  operator = await makePerson(world.db, { operator: true });
});
const at = (milliseconds: number) => new Date(testNow.getTime() + milliseconds);
const options = { redact: false, suspend: false, leaveNow: false };
const erasure = (given: Parameters<typeof makeRequest>[2] = {}) => makeRequest(world.db, actor.personId, { kind: "erasure", scope: options, ...given });
const plan = (given: object = {}) => world.db.erasurePlan.create({ data: { personId: actor.personId, askedAt: testNow, madeAt: testNow, hash: "h", body: { rooms: [] }, ...given } });

test("how the copy stands before an erasure: none, waiting, ready, had", async () => {
  const copy = async () => (await previewErasure(world.web(actor))).copy;
  expect(await previewErasure(world.web(actor))).toEqual({ open: null, copy: null, hasMail: false });
  await makeRequest(world.db, actor.personId, { state: "withdrawn" });
  expect(await copy()).toBeNull();
  const { id, reference } = await makeRequest(world.db, actor.personId, { state: "ready", receivedAt: at(1) });
  await world.db.package.create({ data: { requestId: id, storageKey: id, bytes: 1n, sha256: "0", builtAt: testNow, expiresAt: at(day), summary: {} } });
  expect(await copy()).toEqual({ reference, state: "ready", fetched: false });
  await world.db.package.updateMany({ where: { requestId: id }, data: { downloads: 1 } });
  expect(await copy()).toMatchObject({ fetched: true });
  const asked = await erasure();
  expect((await previewErasure(world.web(actor))).open).toBe(asked.reference);
});

test("the way back to a plan lasts a day, and only while nothing was asked on it", async () => {
  expect(await pendingPlan(world.web(actor))).toBeNull();
  const { id } = await plan();
  expect(await pendingPlan(world.web(actor))).toBe(id);
  expect(await pendingPlan(world.web(operator))).toBeNull();
  world.clock.advance(day + 1);
  expect(await pendingPlan(world.web(actor))).toBeNull();
  world.clock.set(testNow);
  await erasure();
  expect(await pendingPlan(world.web(actor))).toBeNull();
});

test("the desk sees the numbers of a case until they are destroyed, and their fingerprint after", async () => {
  const { id: planId } = await plan();
  const { reference } = await erasure({ planId });
  expect(await viewCasePlan(world.web(operator), reference)).toEqual({ madeAt: testNow, hash: "h", plan: { rooms: [] } });
  expect(await refusal(viewCasePlan(world.web(actor), reference))).toBe("not_found request");
  await world.db.$executeRaw`UPDATE "ErasurePlan" SET body = NULL WHERE id = ${planId}::uuid`;
  expect(await viewCasePlan(world.web(operator), reference)).toEqual({ madeAt: testNow, hash: "h", plan: null });
});

test("a calendar entry keeps its name, counts every change of the date, and is taken out in the end", async () => {
  const before = await erasure();
  expect(await refusal(viewCalendar(world.web(actor), before.reference))).toBe("not_found request");
  await world.db.request.delete({ where: { id: before.id } });
  const notBefore = at(20 * day);
  const { reference } = await erasure({ state: "grace", notBefore, wakeAt: notBefore });
  const file = () => viewCalendar(world.web(actor), reference);
  const first = await file();
  expect(first).toMatchObject({ sequence: 0, status: "CONFIRMED", at: notBefore, alarmDays: [14, 3, 1] });
  expect(first.uid).toMatch(/^[0-9a-f]{32}$/);
  expect(await refusal(viewCalendar(world.web(operator), reference))).toBe("not_found request");

  await holdErasure(world.web(operator), { reference, reason: "legal_claims", text: "A court wants to see what was written." });
  expect(await file()).toMatchObject({ uid: first.uid, sequence: 1, status: "TENTATIVE" });
  world.clock.advance(19 * day);
  await unholdErasure(world.web(operator), { reference });
  expect(await file()).toMatchObject({ uid: first.uid, sequence: 2, status: "CONFIRMED", at: at(22 * day) });
  await withdrawRequest(world.web(actor), { reference });
  expect(await file()).toMatchObject({ uid: first.uid, sequence: 3, status: "CANCELLED" });
});
