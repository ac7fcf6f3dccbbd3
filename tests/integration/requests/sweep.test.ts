import { beforeEach, describe, expect, test } from "vitest";
import type { Prisma } from "#lib/db/generated/client.ts";
import { purge } from "#lib/requests/purge.ts";
import { sweep } from "#lib/requests/sweep.ts";
import { verifyAudit } from "#lib/audit/verify.ts";
import { testNow } from "#tests/fixtures/clock.ts";
import { testPolicy } from "#tests/fixtures/context.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { openWorld } from "./world.ts";

const world = openWorld();
beforeEach(async () => {
  world.reset();
  await world.db.request.deleteMany();
  await world.db.person.deleteMany();
  await world.db.spentToken.deleteMany();
});
const minutes = (n: number) => new Date(testNow.getTime() + n * 60_000);
const days = (n: number) => minutes(n * 24 * 60);
const state = async (id: string) => (await world.db.request.findUnique({ where: { id } }))?.state;

async function request(given: Partial<Prisma.RequestUncheckedCreateInput>) {
  const { personId } = await makePerson(world.db);
  return { personId, ...(await makeRequest(world.db, personId, given)) };
}

async function packaged(id: string, given: Partial<Prisma.PackageUncheckedCreateInput> = {}) {
  return await world.db.package.create({
    data: { requestId: id, storageKey: id, wrappedKey: "key", bytes: 1n, sha256: "0", builtAt: testNow, expiresAt: days(7), summary: {}, ...given },
  });
}

describe("rows whose time has come", () => {
  test("each gets what its state asks for; the others are left alone", async () => {
    const unconfirmed = await request({ state: "unconfirmed", wakeAt: minutes(0) });
    const early = await request({ state: "unconfirmed", wakeAt: minutes(1) });
    const review = await request({ state: "review", wakeAt: minutes(-5), dueAt: days(6) });
    const running = await request({ state: "running", wakeAt: minutes(0) });
    const ready = await request({ state: "ready", wakeAt: minutes(0) });
    const pack = await packaged(ready.id);
    const frozen = await request({ state: "ready", wakeAt: minutes(0), frozenAt: minutes(-5) });
    await world.sweep(world.worker());
    expect(await Promise.all([unconfirmed, early, review, running, ready, frozen].map(({ id }) => state(id)))).toEqual([
      "expired", "unconfirmed", "review", "running", "fulfilled", "expired",
    ]);
    expect(world.queue.of("export.build")).toEqual([{ queue: "export.build", data: { requestId: running.id } }]);
    expect(world.queue.of("package.remove")).toEqual([{ queue: "package.remove", data: { packageId: pack.id } }]);
    expect(await world.db.letter.count({ where: { requestId: review.id, name: "dpo-reminder" } })).toBe(1);
    expect(await world.audit(unconfirmed.id)).toEqual([{ event: "expired", actor: "clock", actorId: null, data: { from: "unconfirmed", to: "expired" } }]);
  });

  test("four workers at once do it once", async () => {
    const all = await Promise.all(Array.from({ length: 30 }, () => request({ state: "review", wakeAt: minutes(0), dueAt: days(7) })));
    await Promise.all([1, 2, 3, 4].map(() => world.sweep(world.worker())));
    for (const { id } of all) expect(await world.audit(id)).toHaveLength(1);
    expect(await world.db.letter.count({ where: { name: "dpo-reminder" } })).toBe(30);
    expect(world.log.lines.filter(({ level }) => level === "error")).toEqual([]);
  });

  test("more than one batch", async () => {
    const { personId } = await makePerson(world.db);
    await world.db.request.createMany({
      data: Array.from({ length: 230 }, (_, n) => ({
        reference: String(n).padStart(8, "0"), kind: "export" as const, state: "unconfirmed" as const, personId, openKey: `many ${n}`,
        scope: {}, receivedAt: testNow, dueOn: testNow, dueAt: days(30), wakeAt: minutes(0),
      })),
    });
    await world.sweep(world.worker());
    expect(await world.db.request.count({ where: { state: "expired" } })).toBe(230);
  });

  test("one row that breaks does not keep the others waiting", async () => {
    const [first, second, third] = [await request({ state: "running", wakeAt: minutes(0) }), await request({ state: "unconfirmed", wakeAt: minutes(0) }), await request({ state: "unconfirmed", wakeAt: minutes(0) })];
    const broken = world.worker({
      enqueue: async (tx, job) => {
        if (job.queue === "export.build") throw new Error("no queue");
        await world.queue.enqueue(tx, job);
      },
    });
    await world.sweep(broken);
    expect(await Promise.all([first, second, third].map(({ id }) => state(id)))).toEqual(["running", "expired", "expired"]);
    expect(world.log.lines).toContainEqual(expect.objectContaining({ level: "error", event: "sweep_failed", fields: { request: first.id } }));
  });

  test("reminders at 7, 3, 1 and 0 days, each once, and the case stays open", async () => {
    const { id } = await request({ state: "review", dueAt: days(30), wakeAt: days(23) });
    for (let day = 0; day <= 40; day += 1) {
      world.clock.set(days(day));
      await world.sweep(world.worker());
    }
    expect((await world.audit(id)).map(({ data }) => data)).toMatchObject([{ days: 7 }, { days: 3 }, { days: 1 }, { days: 0 }]);
    expect(await world.db.request.findUnique({ where: { id } })).toMatchObject({ state: "review", wakeAt: null });
  });

  test("a build nobody works on is started again until its attempts are used up", async () => {
    const { id } = await request({ state: "running", wakeAt: minutes(30) });
    await world.db.build.create({ data: { requestId: id, attempts: 3, leaseUntil: minutes(2) } });
    world.clock.set(minutes(30));
    await world.sweep(world.worker());
    expect(world.queue.of("export.build")).toEqual([]);
    world.clock.set(minutes(61));
    await world.sweep(world.worker());
    expect(world.queue.of("export.build")).toHaveLength(1);
    await world.db.build.update({ where: { requestId: id }, data: { attempts: 10 } });
    world.clock.set(minutes(100));
    await world.sweep(world.worker());
    expect(await world.db.request.findUnique({ where: { id } })).toMatchObject({ state: "failed", failure: "build_stuck" });
    expect(await world.db.letter.count({ where: { requestId: id, name: "dpo-failed" } })).toBe(1);
  });
});

describe("a clock that jumped (T02)", () => {
  test.each([400, -400, 0.01])("by %d days: nothing expires, nothing is purged, and it is said", async (jump) => {
    const { id } = await request({ state: "unconfirmed", wakeAt: days(-1), receivedAt: days(-2) });
    await world.db.spentToken.create({ data: { hash: "old", expiresAt: days(-1) } });
    await sweep(world.worker(), () => Promise.resolve(days(jump)));
    expect(await state(id)).toBe("unconfirmed");
    expect(await world.db.spentToken.count()).toBe(1);
    expect(world.log.lines).toEqual([expect.objectContaining({ level: "warn", event: "clocks_disagree" })]);
    await sweep(world.worker(), () => Promise.resolve(minutes(5)));
    expect(await state(id)).toBe("expired");
  });

  test("the clock asked is the database's own", async () => {
    const worker = world.worker({ now: () => new Date() });
    await sweep(worker);
    expect(world.log.lines.filter(({ event }) => event === "clocks_disagree")).toEqual([]);
    await sweep({ ...worker, now: () => new Date("2031-01-01T00:00:00Z") });
    expect(world.log.lines.filter(({ event }) => event === "clocks_disagree")).toHaveLength(1);
  });
});

describe("lost nudges (K19): an emptied queue is healed from the rows", () => {
  test("each kind of work is asked for again, but not before its time", async () => {
    const person = await makePerson(world.db, { accountState: null });
    await world.db.session.update({ where: { id: person.sessionId }, data: { checkedAt: null } });
    const unconfirmed = await request({ state: "unconfirmed", wakeAt: days(1) });
    const code = await world.db.code.create({ data: { requestId: unconfirmed.id, nonce: "n", createdAt: testNow } });
    const review = await request({ state: "review" });
    const letter = await world.db.letter.create({ data: { requestId: review.id, name: "received", channel: "notice", createdAt: testNow } });
    const over = await request({ state: "denied" });
    const left = await packaged(over.id);
    const dead = await request({ state: "ready", wakeAt: days(1) });
    const expired = await packaged(dead.id, { expiresAt: testNow });
    world.clock.set(minutes(5));
    await world.sweep(world.worker());
    expect(world.queue.jobs).toEqual([]);
    world.clock.set(minutes(6));
    await world.sweep(world.worker());
    expect(world.queue.jobs).toEqual([
      { queue: "account.read", data: { sessionId: person.sessionId } },
      { queue: "code.send", data: { codeId: code.id } },
      { queue: "request.count", data: { requestId: review.id } },
      { queue: "letter.send", data: { letterId: letter.id } },
      ...[left, expired].map(({ id }) => ({ queue: "package.remove", data: { packageId: id } })),
    ]);
  });

  test("what is done, sent, removed or over is not asked for", async () => {
    await makePerson(world.db);
    const revoked = await makePerson(world.db);
    await world.db.session.update({ where: { id: revoked.sessionId }, data: { checkedAt: null, revokedAt: testNow } });
    const sent = await request({ state: "unconfirmed", wakeAt: days(1) });
    await world.db.code.create({ data: { requestId: sent.id, nonce: "n", createdAt: testNow, sentAt: testNow } });
    const withdrawn = await request({ state: "withdrawn" });
    await world.db.code.create({ data: { requestId: withdrawn.id, nonce: "n", createdAt: testNow } });
    const review = await request({ state: "review", countsReadAt: testNow });
    for (const [name, given] of [["received", "sent"], ["approved", "failed"]] as const) {
      await world.db.letter.create({ data: { requestId: review.id, name, channel: "notice", createdAt: testNow, state: given } });
    }
    const frozen = await request({ state: "unconfirmed", wakeAt: days(1), frozenAt: testNow });
    await world.db.code.create({ data: { requestId: frozen.id, nonce: "n", createdAt: testNow } });
    await packaged(withdrawn.id, { removedAt: testNow });
    const ready = await request({ state: "ready", wakeAt: days(7) });
    await packaged(ready.id);
    world.clock.set(minutes(60));
    await world.sweep(world.worker());
    expect(world.queue.jobs).toEqual([]);
  });
});

describe("purge: nothing is kept longer than it may be", () => {
  test("tokens when they expire, sessions a day after their end", async () => {
    const person = await makePerson(world.db);
    const { personId } = person;
    await request({ personId });
    const session = (given: Partial<Prisma.SessionUncheckedCreateInput>) =>
      world.db.session.create({ data: { personId, authenticatedAt: testNow, expiresAt: days(9), checkedAt: testNow, ...given } });
    const kept = [await session({}), await session({ expiresAt: days(-0.99) }), await session({ revokedAt: days(-0.99) })];
    await session({ expiresAt: days(-1) });
    await session({ revokedAt: days(-1) });
    await world.db.spentToken.createMany({ data: [{ hash: "old", expiresAt: testNow }, { hash: "new", expiresAt: minutes(1) }] });
    await purge(world.worker());
    const left = await world.db.session.findMany({ where: { personId, id: { not: person.sessionId } }, orderBy: { id: "asc" } });
    expect(left.map(({ id }) => id)).toEqual(kept.map(({ id }) => id));
    expect((await world.db.spentToken.findMany()).map(({ hash }) => hash)).toEqual(["new"]);
  });

  test("closed requests after the retention, with all that hangs on them; the record stays whole and says so", async () => {
    const old = await request({ state: "fulfilled", closedAt: days(-testPolicy.retentionDays) });
    const young = await request({ state: "denied", closedAt: minutes(1 - testPolicy.retentionDays * 24 * 60) });
    const open = await request({ state: "review", receivedAt: days(-9999), countsReadAt: testNow });
    await world.db.code.create({ data: { requestId: old.id, nonce: "n", createdAt: testNow } });
    await world.db.letter.create({ data: { requestId: old.id, name: "ready", channel: "mail", createdAt: testNow } });
    await world.db.build.create({ data: { requestId: old.id } });
    const pack = await packaged(old.id);
    await purge(world.worker());
    expect(await state(old.id)).toBe("fulfilled");

    await world.db.package.update({ where: { id: pack.id }, data: { removedAt: testNow, wrappedKey: null } });
    await Promise.all([purge(world.worker()), purge(world.worker())]);
    expect(await Promise.all([old, young, open].map(({ id }) => state(id)))).toEqual([undefined, "denied", "review"]);
    expect(await world.db.code.count()).toBe(0);
    expect(await world.db.package.count()).toBe(0);
    expect(await world.db.letter.count()).toBe(0);
    expect(await world.audit(old.id)).toEqual([{ event: "purged", actor: "clock", actorId: null, data: {} }]);
    expect(await verifyAudit(world.db)).toMatchObject({ ok: true });
  });

  test("persons when no session and no request refers to them any more; who decided is kept as long as the decision", async () => {
    const [gone, decider, fresh] = await Promise.all([makePerson(world.db), makePerson(world.db), makePerson(world.db)]);
    const { personId } = await request({ decidedById: decider.personId });
    await world.db.session.deleteMany({ where: { personId: { in: [gone.personId, decider.personId, fresh.personId, personId] } } });
    await world.db.person.update({ where: { id: fresh.personId }, data: { firstSeenAt: minutes(1) } });
    world.clock.set(days(1));
    await purge(world.worker());
    const left = new Set((await world.db.person.findMany()).map(({ id }) => id));
    expect([gone.personId, decider.personId, fresh.personId, personId].map((id) => left.has(id))).toEqual([false, true, true, true]);
  });
});
