import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { askPlan } from "#lib/erasure/ask-plan.ts";
import { viewPlan } from "#lib/erasure/view-plan.ts";
import { testClock, testNow } from "#tests/fixtures/clock.ts";
import { jobRecorder, webContext } from "#tests/fixtures/context.ts";
import { freshDb } from "#tests/fixtures/db.ts";
import { makePerson, makeRequest, type TestPerson } from "#tests/fixtures/people.ts";
import { waitFor } from "#tests/world/wait.ts";

let db: PrismaClient;
let drop: () => Promise<void>;
let person: TestPerson;
const clock = testClock();
const recorder = jobRecorder();

beforeAll(async () => {
  ({ db, drop } = await freshDb());
});
afterAll(() => drop());
beforeEach(async () => {
  clock.set(testNow);
  recorder.clear();
  person = await makePerson(db);
});

const web = (actor = person) => webContext(db, { actor, enqueue: recorder.enqueue, now: clock.now });
const minutes = (n: number) => clock.advance(n * 60_000);

test("a first question writes a plan and its job; a young one answers the next", async () => {
  const id = await askPlan(web());
  expect(recorder.jobs).toEqual([{ queue: "erasure.plan", data: { planId: id } }]);
  expect(await viewPlan(web())).toEqual({ id, askedAt: testNow, madeAt: null, hash: null, plan: null });
  minutes(9);
  expect(await askPlan(web())).toBe(id);
  minutes(2);
  const second = await askPlan(web());
  expect(second).not.toBe(id);
  expect(recorder.jobs).toHaveLength(2);
  expect((await viewPlan(web())).id).toBe(second);
});

test("a plan on which a request stands is not given to another", async () => {
  const id = await askPlan(web());
  await makeRequest(db, person.personId, { kind: "erasure", state: "withdrawn", planId: id });
  expect(await askPlan(web())).not.toBe(id);
});

test("a clock that was set back makes no plan of tomorrow young", async () => {
  const id = await askPlan(web());
  minutes(-60);
  expect(await askPlan(web())).not.toBe(id);
});

test("of two clicks at once the second waits for the first: one plan and one job", async () => {
  let go = (): void => undefined;
  const gate = new Promise<void>((open) => (go = open));
  const held = webContext(db, { actor: person, now: clock.now, enqueue: async (tx, job) => (await recorder.enqueue(tx, job), await gate) });
  const first = askPlan(held);
  await waitFor("the first to write its job", () => Promise.resolve(recorder.jobs.length === 1));
  let answered = false;
  const second = askPlan(web()).finally(() => (answered = true));
  const waits = () => db.$queryRaw<unknown[]>`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  await waitFor("the second to wait, or to have got through", async () => answered || (await waits()).length > 0);
  go();
  expect(await second).toBe(await first);
  expect(recorder.jobs).toHaveLength(1);
  expect(await db.erasurePlan.count({ where: { personId: person.personId } })).toBe(1);
});

test.each([
  [null, "unavailable", "account_unread"],
  ["locked", "forbidden", "account_not_eligible"],
  ["appservice", "forbidden", "account_not_eligible"],
] as const)("an account that is %s gets none", async (accountState, code, reason) => {
  await db.person.update({ where: { id: person.personId }, data: { accountState } });
  await expect(askPlan(web())).rejects.toMatchObject({ code, reason });
  expect(recorder.jobs).toEqual([]);
});

test("a plan is shown to its owner alone, operators included", async () => {
  const id = await askPlan(web());
  const body = { risks: [] };
  await db.erasurePlan.update({ where: { id }, data: { madeAt: testNow, hash: "ab", body } });
  expect(await viewPlan(web(), id)).toEqual({ id, askedAt: testNow, madeAt: testNow, hash: "ab", plan: body });
  const others = [await makePerson(db), await makePerson(db, { operator: true })];
  for (const other of others) {
    await expect(viewPlan(web(other), id)).rejects.toMatchObject({ code: "not_found" });
    await expect(viewPlan(web(other))).rejects.toMatchObject({ code: "not_found" });
  }
  for (const odd of ["", "x", `${id}'`]) await expect(viewPlan(web(), odd)).rejects.toMatchObject({ code: "not_found" });
});
