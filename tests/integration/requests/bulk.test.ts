import { beforeEach, describe, expect, test } from "vitest";
import { actOnSeveral, mostAtOnce, previewBulk } from "#lib/requests/bulk.ts";
import { assignRequest } from "#lib/requests/assign.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { askPerson } from "#lib/requests/ask-person.ts";
import { listStaff } from "#lib/requests/list-staff.ts";
import { listQueue } from "#lib/requests/queue.ts";
import { dropView, listViews, saveView } from "#lib/requests/saved-views.ts";
import { testPolicy } from "#tests/fixtures/context.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { openWorld, outcomes, refusal } from "./world.ts";

const world = openWorld();
beforeEach(async () => {
  world.reset();
  await world.db.request.deleteMany();
});

const desk = async (role: "operator" | "second" | "auditor" = "operator") => world.web(await makePerson(world.db, { role }));
const request = async (given: Parameters<typeof makeRequest>[2] = {}) => await makeRequest(world.db, (await makePerson(world.db)).personId, given);
const stateOf = async (reference: string) => (await world.db.request.findUniqueOrThrow({ where: { reference } })).state;
const erasure = { kind: "erasure" as const, scope: { redact: true, suspend: false, leaveNow: false }, confirmedAt: new Date() };

describe("several at once", () => {
  test("each goes by its own verb with its own record; what needs more is left, and said why", async () => {
    const officer = await desk();
    const plain = [await request(), await request()];
    const own = await makeRequest(world.db, officer.actor.personId);
    const wish = await request({ scope: { kinds: ["messages", "backfilled_own"], from: null, to: null, mediaFiles: false } });
    const frozen = await request({ frozenAt: world.clock.now() });
    const risky = await request({ ...erasure, risks: ["admin"] });
    const done = await request({ state: "fulfilled", closedAt: world.clock.now() });
    const all = [...plain, own, wish, frozen, risky, done].map(({ reference }) => reference);
    const preview = await previewBulk(officer, "approve", [...all, "7F3K29QD", "no such"]);
    expect(preview.map(({ left }) => left)).toEqual([null, null, "own_case", "bulk_ruling", "frozen", "bulk_second", "state_changed", "request"]);

    const results = await actOnSeveral(officer, "approve", all, {});
    expect(results.map(({ problem }) => problem)).toEqual([null, null, "own_case", "bulk_ruling", "frozen", "bulk_second", "state_changed"]);
    for (const { id, reference } of plain) {
      expect(await stateOf(reference)).toBe("running");
      expect(await world.audit(id)).toMatchObject([{ event: "approved", actorId: officer.actor.personId }]);
    }
    for (const { id } of [own, wish, frozen, risky, done]) expect(await world.audit(id)).toEqual([]);
  });

  test("a case that changes meanwhile keeps none of the others", async () => {
    const officer = await desk();
    const cases = await Promise.all([request(), request(), request()]);
    const references = cases.map(({ reference }) => reference);
    const [one, two] = await Promise.all([actOnSeveral(officer, "approve", references, {}), actOnSeveral(await desk(), "approve", references, {})]);
    for (const [index, { id }] of cases.entries()) {
      expect([one[index]?.problem, two[index]?.problem].sort()).toEqual([null, "state_changed"].sort());
      expect((await world.audit(id)).length).toBe(1);
    }
  });

  test("who is being asked something, and whose package waits to be seen, is left before anybody presses", async () => {
    const officer = await desk();
    const asked = await request();
    await askPerson(officer, { reference: asked.reference, about: "clarification", question: "Which of your two accounts do you mean?", doubt: "" });
    const waits = await request({ previewFirst: true });
    await world.db.package.create({ data: { requestId: waits.id, storageKey: waits.id, wrappedKey: "key", bytes: 1n, sha256: "0", builtAt: world.clock.now(), expiresAt: world.clock.now(), summary: {} } });
    const references = [asked.reference, waits.reference];
    const left = ["enquiry_open", "state_changed"];
    expect((await previewBulk(officer, "approve", references)).map((each) => each.left)).toEqual(left);
    expect((await actOnSeveral(officer, "approve", references, {})).map(({ problem }) => problem)).toEqual(left);
    // Refusing stays possible: the question ends with the request.
    expect((await previewBulk(officer, "deny", references)).map((each) => each.left)).toEqual([null, null]);
  });

  test("a refusal is one with reason and words for all, or for none", async () => {
    const officer = await desk();
    const references = [(await request()).reference, (await request()).reference];
    expect(await refusal(actOnSeveral(officer, "deny", references, { reason: "identity_not_proven", text: "short" }))).toBe("invalid form");
    expect(await Promise.all(references.map(stateOf))).toEqual(["review", "review"]);
    await actOnSeveral(officer, "deny", references, { reason: "identity_not_proven", text: "We could not establish that the account is yours." });
    expect(await Promise.all(references.map(stateOf))).toEqual(["denied", "denied"]);
    expect(await world.db.letter.count({ where: { name: "denied" } })).toBeGreaterThanOrEqual(2);
  });

  test("is not for auditors or seconds, has a limit, and needs at least one", async () => {
    const { reference } = await request();
    for (const role of ["auditor", "second"] as const) expect((await actOnSeveral(await desk(role), "approve", [reference], {})).map(({ problem }) => problem)).toEqual([role === "auditor" ? "role_looks" : "role_second"]);
    expect(await refusal(previewBulk(world.web(await makePerson(world.db)), "approve", [reference]))).toBe("not_found request");
    const officer = await desk();
    expect(await refusal(previewBulk(officer, "approve", ["no such"]))).toBe("invalid bulk_none");
    const many = Array.from({ length: mostAtOnce + 1 }, (_, n) => `2222${1000 + n}`);
    expect(await refusal(previewBulk(officer, "approve", many))).toBe("invalid bulk_many");
    expect(await stateOf(reference)).toBe("review");
  });
});

describe("whose work", () => {
  test("is given to people who decide, taken back, and recorded by id; giving it twice is nothing", async () => {
    const officer = await desk();
    const other = await makePerson(world.db, { role: "operator" });
    const ctx = { ...officer, policy: { ...testPolicy, operators: [officer.actor.mxid, other.mxid] } };
    const { id, reference } = await request();
    await assignRequest(ctx, { reference, to: other.personId });
    await assignRequest(ctx, { reference, to: other.personId });
    expect((await listQueue(ctx)).rows[0]?.assignee).toBe(other.mxid);
    await assignRequest(ctx, { reference, to: "nobody" });
    expect(await world.audit(id)).toMatchObject([{ event: "assigned", data: { to: other.personId } }, { event: "assigned", data: { to: null } }]);
    expect(await stateOf(reference)).toBe("review");
  });

  test("is nobody's who has no role, who asked, or who may only look", async () => {
    const officer = await desk();
    const [auditor, person] = [await makePerson(world.db, { role: "auditor" }), await makePerson(world.db)];
    const ctx = { ...officer, policy: { ...testPolicy, operators: [officer.actor.mxid, person.mxid], auditors: [auditor.mxid] } };
    const { reference } = await makeRequest(world.db, person.personId);
    expect(await refusal(assignRequest(ctx, { reference, to: auditor.personId }))).toBe("invalid form");
    expect(await refusal(assignRequest(ctx, { reference, to: person.personId }))).toBe("conflict assignee_own");
    expect(await refusal(assignRequest(await desk("auditor"), { reference, to: "me" }))).toBe("forbidden role_looks");
    expect(await refusal(assignRequest(world.web(person), { reference, to: "me" }))).toBe("not_found request");
    expect((await listStaff(ctx)).map(({ mxid }) => mxid)).not.toContain(auditor.mxid);
  });
});

describe("lists", () => {
  const days = (count: number) => new Date(world.clock.now().getTime() + count * 86_400_000);

  test("at risk, overdue, mine, nobody's, held, stopped, paused", async () => {
    const officer = await desk();
    const late = await request({ dueAt: days(-1) });
    const soon = await request({ dueAt: days(6), assigneeId: officer.actor.personId });
    await request({ dueAt: days(8) });
    await request({ dueAt: days(-1), state: "ready" });
    const paused = await request({ dueAt: days(-1), pausedAt: world.clock.now() });
    const held = await request({ ...erasure, dueAt: days(20), heldAt: world.clock.now() });
    const list = async (asked: Record<string, string>) => (await listQueue(officer, asked)).rows.map(({ reference }) => reference);
    expect(await list({ urgency: "late" })).toEqual([late.reference]);
    expect(await list({ urgency: "soon" })).toEqual([late.reference, soon.reference]);
    expect(await list({ who: "me" })).toEqual([soon.reference]);
    expect(await list({ who: "me", urgency: "late" })).toEqual([]);
    expect(await list({ flag: "paused" })).toEqual([paused.reference]);
    expect(await list({ flag: "held" })).toEqual([held.reference]);
    expect((await list({ who: "nobody" })).length).toBe(5);
    expect((await listQueue(officer)).urgent).toEqual({ late: 1, soon: 2, mine: 1, nobodys: 5 });
    // What cannot be read is as if it were not there.
    expect((await list({ urgency: "'; DROP TABLE", who: "x", flag: "y" })).length).toBe(6);
  });

  test("can be named: the filter is kept, what was searched for is not; they are one's own", async () => {
    const [mine, other] = [await desk(), await desk("auditor")];
    await saveView(mine, { name: " At risk ", query: "urgency=soon&kind=erasure&q=%40somebody%3Atest.example&page=3&evil=1" });
    expect(await listViews(mine)).toMatchObject([{ name: "At risk", query: "state=open&kind=erasure&sort=due&urgency=soon" }]);
    expect(await refusal(saveView(mine, { name: "At risk", query: "" }))).toBe("conflict view_taken");
    expect(await refusal(saveView(mine, { name: "", query: "" }))).toBe("invalid form");
    expect(await listViews(other)).toEqual([]);
    const [view] = await listViews(mine);
    await dropView(other, { id: view?.id });
    expect(await listViews(mine)).toHaveLength(1);
    await dropView(mine, { id: view?.id });
    expect(await listViews(mine)).toEqual([]);
    for (let n = 0; n < 20; n += 1) await saveView(mine, { name: String(n), query: "" });
    expect(await refusal(saveView(mine, { name: "one more", query: "" }))).toBe("conflict views_many");
    expect(await outcomes([listViews(world.web(await makePerson(world.db)))])).toEqual({ "not_found request": 1 });
  });
});

test("ten thousand requests: a page of the queue comes in 300 ms, and pages follow one another", async () => {
  const officer = await desk();
  const { personId } = await makePerson(world.db);
  await world.db.$executeRaw`
    INSERT INTO "Request" (id, reference, kind, state, "personId", scope, "receivedAt", "dueOn", "dueAt", "wakeAt")
    SELECT gen_random_uuid(), 'R' || lpad(n::text, 7, '0'), 'export', CASE WHEN n % 3 = 0 THEN 'fulfilled'::"RequestState" ELSE 'review'::"RequestState" END, ${personId}::uuid, '{"kinds":[]}',
      timestamptz '2026-11-01' + n * interval '1 minute', date '2026-12-21', timestamptz '2026-12-22' + n * interval '1 minute', NULL
    FROM generate_series(1, 10000) AS n`;
  await world.db.$executeRaw`ANALYZE "Request"`;
  await listQueue(officer);
  const times: number[] = [];
  for (const page of ["1", "70", "134"]) {
    const begun = performance.now();
    const { rows, total } = await listQueue(officer, { page });
    times.push(performance.now() - begun);
    expect(total).toBe(6667);
    expect(rows.length).toBe(page === "134" ? 17 : 50);
  }
  expect(Math.min(...times)).toBeLessThan(300);
  const refs = await Promise.all(["1", "2"].map(async (page) => (await listQueue(officer, { page })).rows.map(({ reference }) => reference)));
  expect(new Set(refs.flat()).size).toBe(100);
  await approveRequest(officer, { reference: refs[0]?.[0] ?? "" });
});
