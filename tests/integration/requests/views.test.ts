import { beforeEach, describe, expect, test } from "vitest";
import type { Prisma } from "#lib/db/generated/client.ts";
import { kindsByDefault } from "#lib/kinds/kind.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { withdrawRequest } from "#lib/requests/withdraw.ts";
import { viewCase } from "#lib/requests/desk-views.ts";
import { listQueue } from "#lib/requests/queue.ts";
import { submitExport } from "#lib/requests/submit.ts";
import { listMyRequests, previewExport, viewMyRequest } from "#lib/requests/views.ts";
import { testNow } from "#tests/fixtures/clock.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { openWorld, refusal } from "./world.ts";

const world = openWorld();
beforeEach(async () => {
  world.reset();
  await world.db.request.deleteMany();
});
const minutes = (n: number) => new Date(testNow.getTime() + n * 60_000);
const weekLater = minutes(7 * 24 * 60);
const input = { kinds: kindsByDefault, mediaFiles: "yes" };

const packaged = (requestId: string, given: Partial<Prisma.PackageUncheckedCreateInput> = {}) =>
  world.db.package.create({
    data: { requestId, storageKey: requestId, wrappedKey: "key", bytes: 12n, sha256: "abc", builtAt: testNow, expiresAt: weekLater, summary: { files: 3 }, ...given },
  });

describe("for the person", () => {
  test("a request that waits for its code", async () => {
    const me = world.web(await makePerson(world.db));
    const { reference } = await submitExport(me, input);
    expect(await viewMyRequest(me, reference)).toEqual({
      reference,
      kind: "export",
      state: "unconfirmed",
      frozen: false,
      whoseMove: "person",
      receivedAt: testNow,
      dueOn: "2026-12-21",
      pausedAt: null,
      asked: false,
      closedAt: null,
      expiresAt: minutes(24 * 60),
      notBefore: null,
      held: false,
      erasure: null,
      enquiries: [],
      enquiry: null,
      extension: null,
      explanation: { key: "plain", values: { start: "2026-11-21", raw: "2026-12-21", due: "2026-12-21" } },
      timeline: [{ at: testNow, event: "submitted", actor: "subject" }],
      progress: null,
      package: null,
      checking: false,
      checked: null,
      scope: { kinds: [...kindsByDefault], from: null, to: null, mediaFiles: true },
      wishes: [],
      counts: null,
      can: { withdraw: true, download: false, confirm: true, resend: false, answer: false },
      review: null,
      denial: null,
      failure: null,
      code: { sentAt: null, expiresAt: null, triesLeft: 0, resendAt: minutes(1) },
    });
    world.clock.set(minutes(1));
    expect((await viewMyRequest(me, reference)).can.resend).toBe(true);
    await world.db.code.updateMany({ data: { sentAt: testNow, expiresAt: minutes(10), triesLeft: 3 } });
    expect((await viewMyRequest(me, reference)).code).toEqual({ sentAt: testNow, expiresAt: minutes(10), triesLeft: 3, resendAt: minutes(1) });
  });

  test("progress while building, the package when it is ready, and only what can still be opened", async () => {
    const person = await makePerson(world.db);
    const me = world.web(person);
    const { id, reference } = await makeRequest(world.db, person.personId, { state: "running" });
    expect((await viewMyRequest(me, reference)).progress).toEqual({ kind: null, done: 0, total: 0, attempts: 0, updatedAt: null });
    await world.db.build.create({ data: { requestId: id, kind: "messages", done: 7n, total: 9n, attempts: 2, updatedAt: testNow } });
    expect((await viewMyRequest(me, reference)).progress).toEqual({ kind: "messages", done: 7, total: 9, attempts: 2, updatedAt: testNow });

    await world.db.request.update({ where: { id }, data: { state: "ready", wakeAt: weekLater } });
    const pack = await packaged(id, { downloads: 1 });
    expect(await viewMyRequest(me, reference)).toMatchObject({
      progress: null,
      expiresAt: weekLater,
      package: { bytes: 12, sha256: "abc", builtAt: testNow, expiresAt: weekLater, downloads: 1, summary: { files: 3 } },
      can: { withdraw: true, download: true, confirm: false, resend: false },
    });
    world.clock.set(weekLater);
    expect((await viewMyRequest(me, reference)).can.download).toBe(false);
    world.clock.set(testNow);
    await world.db.request.update({ where: { id }, data: { frozenAt: testNow } });
    expect(await viewMyRequest(me, reference)).toMatchObject({ frozen: true, whoseMove: "operator", can: { download: false } });
    await world.db.package.update({ where: { id: pack.id }, data: { wrappedKey: null } });
    expect((await viewMyRequest(me, reference)).package).toBeNull();
  });

  test("a refusal with its reason and words; the timeline says roles, never who", async () => {
    const person = await makePerson(world.db);
    const officer = await makePerson(world.db, { operator: true });
    const { id, reference } = await makeRequest(world.db, person.personId, { state: "review" });
    await approveRequest(world.web(officer), { reference });
    await world.db.request.update({ where: { id }, data: { denialReason: "rights_of_others", denialText: "words", failure: "build_stuck" } });
    const view = await viewMyRequest(world.web(person), reference);
    expect(view).toMatchObject({ denial: { reason: "rights_of_others", text: "words" }, failure: "build_stuck" });
    expect(view.timeline).toEqual([{ at: testNow, event: "approved", actor: "operator" }]);
    expect(JSON.stringify(view)).not.toContain(officer.personId);
    expect(JSON.stringify(view)).not.toContain(officer.mxid);
  });

  test("somebody else's is not found, for operators too; the list holds one's own, newest first", async () => {
    const person = await makePerson(world.db);
    const older = await makeRequest(world.db, person.personId, { state: "denied", receivedAt: minutes(-60) });
    const { reference } = await makeRequest(world.db, person.personId);
    for (const other of [await makePerson(world.db), await makePerson(world.db, { operator: true })]) {
      expect(await refusal(viewMyRequest(world.web(other), reference))).toBe("not_found request");
      expect(await listMyRequests(world.web(other))).toEqual([]);
    }
    expect((await listMyRequests(world.web(person))).map((row) => `${row.reference} ${row.whoseMove}`)).toEqual([`${reference} operator`, `${older.reference} nobody`]);
  });

  test("the preview: counts when they were read, and the open request if there is one", async () => {
    const person = await makePerson(world.db, { hasMail: true });
    const me = world.web(person);
    expect(await previewExport(me)).toEqual({ counts: null, countsReadAt: null, open: null, hasMail: true, accountState: "active" });
    const { reference } = await submitExport(me, input);
    await world.db.person.update({ where: { id: person.personId }, data: { counts: { account: { rows: 1, bytes: 9 } }, countsReadAt: testNow } });
    expect(await previewExport(me)).toMatchObject({ counts: { account: { rows: 1, bytes: 9 } }, countsReadAt: testNow, open: reference });
    await withdrawRequest(me, { reference });
    expect((await previewExport(me)).open).toBeNull();
  });
});

describe("for the desk", () => {
  async function queue() {
    const officer = await makePerson(world.db, { operator: true });
    const make = async (given: Parameters<typeof makeRequest>[2], mxid?: string) =>
      (await makeRequest(world.db, (await makePerson(world.db, mxid ? { mxid } : {})).personId, given)).reference;
    return { officer, desk: world.web(officer), make };
  }

  test("oldest legal deadline first; open ones without those that never showed who they are", async () => {
    const { officer, desk, make } = await queue();
    const due = (n: number) => ({ dueAt: minutes(n), dueOn: minutes(n) });
    const late = await make({ state: "failed", ...due(300) });
    const soon = await make({ state: "review", ...due(100) });
    const middle = await make({ state: "running", ...due(200) });
    const protest = await make({ state: "unconfirmed", frozenAt: testNow, ...due(400) });
    const breach = await make({ state: "fulfilled", frozenAt: testNow, ...due(500) });
    const hidden = await make({ state: "unconfirmed", ...due(1) });
    await make({ state: "withdrawn", ...due(2) });
    const own = (await makeRequest(world.db, officer.personId, { state: "review", ...due(600) })).reference;

    const open = await listQueue(desk);
    expect(open.rows.map(({ reference }) => reference)).toEqual([soon, middle, late, protest, breach, own]);
    expect(open.rows.map((row) => row.own)).toEqual([false, false, false, false, false, true]);
    expect(open.total).toBe(6);
    expect(open.totals).toEqual({
      byState: { open: 6, all: 8, unconfirmed: 2, review: 2, grace: 0, running: 1, ready: 0, failed: 1, fulfilled: 1, denied: 0, withdrawn: 1, expired: 0 },
      byKind: { export: 6, erasure: 0, consent: 0 },
    });
    expect((await listQueue(desk, { state: "unconfirmed" })).rows.map(({ reference }) => reference)).toEqual([hidden, protest]);
    expect((await listQueue(desk, { state: "all" })).total).toBe(8);
    expect((await listQueue(desk, { kind: "erasure" })).total).toBe(0);
    expect((await listQueue(desk, { sort: "received" })).filter).toMatchObject({ sort: "received" });
  });

  test("days left count in the controller's zone, down past zero, and not after the end", async () => {
    const { desk, make } = await queue();
    const reference = await make({ state: "review" });
    const left = async () => (await viewCase(desk, reference)).daysLeft;
    expect(await left()).toBe(30);
    world.clock.set("2026-12-21T22:59:59Z");
    expect(await left()).toBe(0);
    world.clock.set("2026-12-22T23:00:00Z");
    expect(await left()).toBe(-2);
    await world.db.request.updateMany({ where: { reference }, data: { closedAt: testNow } });
    expect(await left()).toBeNull();
  });

  test("search by reference or Matrix ID, as typed", async () => {
    const { desk, make } = await queue();
    const reference = await make({ state: "review", reference: "7F3K01QD" }, "@Zoë:test.example");
    await make({ state: "review" });
    for (const q of ["7f3k-o1qd", "7F3K", "@zoë", "Zoë:test", " 7F3KOL "]) expect((await listQueue(desk, { q })).rows.map((row) => row.reference)).toEqual([reference]);
    expect((await listQueue(desk, { q: "nobody" })).total).toBe(0);
    for (const q of ["\0", "'; --", "\\", "%%%%", "\ud800"]) expect(await refusal(listQueue(desk, { q }))).toBeNull();
  });

  test("pages of fifty; nonsense in the URL is as if it were not there", async () => {
    const { desk } = await queue();
    const { personId } = await makePerson(world.db);
    await world.db.request.createMany({
      data: Array.from({ length: 120 }, (_, n) => ({
        reference: String(n).padStart(8, "0"), kind: "export" as const, state: "review" as const, personId, openKey: `many ${n}`,
        scope: {}, receivedAt: testNow, dueOn: testNow, dueAt: minutes(n),
      })),
    });
    const pages = await Promise.all(["1", "2", "3", "99"].map((page) => listQueue(desk, { page })));
    expect(pages.map(({ rows }) => rows.length)).toEqual([50, 50, 20, 20]);
    expect(pages[3]).toMatchObject({ pages: 3, total: 120, filter: { page: 3 } });
    const odd = await listQueue(desk, { page: "-7", state: "x' OR 1", kind: ["export"], sort: {}, q: ["a"] });
    expect(odd.filter).toEqual({ state: "open", kind: null, sort: "due", urgency: null, flag: null, via: null, who: null, q: "", page: 1 });
  });

  test("a case: who, what, when, account and numbers, and what may be done", async () => {
    const { officer, desk } = await queue();
    const person = await makePerson(world.db, { accountState: "suspended", hasMail: true });
    const { id, reference } = await makeRequest(world.db, person.personId, { state: "review", counts: { account: { rows: 1, bytes: 2 } }, countsReadAt: testNow });
    expect(await viewCase(desk, reference)).toMatchObject({
      mxid: person.mxid,
      own: false,
      barred: null,
      explanation: { key: "plain" },
      counts: { account: { rows: 1, bytes: 2 } },
      account: { state: "suspended", hasMail: true, readAt: testNow },
      decision: null,
      can: { approve: true, deny: true, retry: false, release: false, hold: false, unhold: false },
    });
    expect((await viewCase(desk, reference)).reasons.map(({ code }) => code)).toContain("rights_of_others");
    await approveRequest(desk, { reference });
    expect(await viewCase(desk, reference)).toMatchObject({ decision: { at: testNow, by: officer.mxid }, can: { approve: false, deny: false } });
    await world.db.request.update({ where: { id }, data: { state: "ready", frozenAt: testNow } });
    expect((await viewCase(desk, reference)).can).toEqual({ approve: false, reply: false, handOut: false, deny: true, retry: false, release: true, hold: false, unhold: false, ask: false, endEnquiry: false, extend: false });
  });

  test("one's own case is shown, says so, and offers nothing", async () => {
    const { officer, desk } = await queue();
    const { reference } = await makeRequest(world.db, officer.personId, { state: "review" });
    expect(await viewCase(desk, reference)).toMatchObject({ own: true, barred: "own_case", can: { approve: false, deny: false, retry: false, release: false, hold: false, unhold: false } });
  });

  test("to everybody else the desk does not exist", async () => {
    const person = await makePerson(world.db);
    const { reference } = await makeRequest(world.db, person.personId);
    expect(await refusal(viewCase(world.web(person), reference))).toBe("not_found request");
    expect(await refusal(listQueue(world.web(person)))).toBe("not_found request");
    const { desk } = await queue();
    for (const odd of ["00000000", "", "../etc"]) expect(await refusal(viewCase(desk, odd))).toBe("not_found request");
  });
});
