import { beforeEach, describe, expect, test } from "vitest";
import type { RequestState } from "#lib/db/generated/enums.ts";
import type { WebContext } from "#lib/context.ts";
import { apply } from "#lib/requests/apply.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { denyRequest } from "#lib/requests/deny.ts";
import { releaseRequest } from "#lib/requests/release.ts";
import { retryRequest } from "#lib/requests/retry.ts";
import { withdrawRequest } from "#lib/requests/withdraw.ts";
import { testNow } from "#tests/fixtures/clock.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { openWorld, outcomes, refusal } from "./world.ts";

const world = openWorld();
beforeEach(world.reset);

const text = "We could not establish that the account is yours.";
const deny = (ctx: WebContext, reference: string) => denyRequest(ctx, { reference, reason: "identity_not_proven", text });

async function cast(state: RequestState, given: Parameters<typeof makeRequest>[2] = {}) {
  const person = await makePerson(world.db, { hasMail: true });
  const officer = await makePerson(world.db, { operator: true });
  const request = await makeRequest(world.db, person.personId, { ...given, state });
  return { person, officer, request, ...request, desk: world.web(officer), me: world.web(person) };
}

const verbs = {
  approve: { act: (ctx: WebContext, reference: string) => approveRequest(ctx, { reference }), from: ["review"] },
  deny: { act: deny, from: ["review", "failed"] },
  retry: { act: (ctx: WebContext, reference: string) => retryRequest(ctx, { reference }), from: ["failed"] },
  release: { act: (ctx: WebContext, reference: string) => releaseRequest(ctx, { reference, reason: "person_confirmed" }), from: [] },
} as const;

describe.each(Object.entries(verbs))("%s", (name, { act, from }) => {
  const frozenAt = name === "release" ? testNow : null;
  const start = from[0] ?? "review";

  test("is for operators: to everybody else the case does not exist", async () => {
    const { reference, me, id } = await cast(start, { frozenAt });
    const passerBy = world.web(await makePerson(world.db));
    for (const ctx of [me, passerBy]) expect(await refusal(act(ctx, reference))).toBe("not_found request");
    expect(await world.db.request.findUnique({ where: { id } })).toMatchObject({ state: start, frozenAt });
    expect(await world.audit(id)).toEqual([]);
  });

  test("is not for one's own case", async () => {
    const officer = await makePerson(world.db, { operator: true });
    const { reference, id } = await makeRequest(world.db, officer.personId, { state: start, frozenAt });
    expect(await refusal(act(world.web(officer), reference))).toBe("forbidden own_case");
    expect(await world.audit(id)).toEqual([]);
  });

  test("needs a reference that exists", async () => {
    const { desk } = await cast(start);
    for (const reference of ["00000000", "", "nonsense", "7F3K-29QD'--"]) expect(await refusal(act(desk, reference))).toBe("not_found request");
  });

  test("takes the reference as people write it", async () => {
    const { reference, desk } = await cast(start, { frozenAt });
    await act(desk, `${reference.slice(0, 4).toLowerCase()}-${reference.slice(4)}`);
  });

  const states: RequestState[] = ["unconfirmed", "review", "grace", "running", "ready", "failed", "fulfilled", "denied", "withdrawn", "expired"];
  test.each(states.filter((state) => !(from as readonly string[]).includes(state)))("cannot happen in %s", async (state) => {
    const { reference, id, desk } = await cast(state);
    expect(await refusal(act(desk, reference))).toBe(name === "release" ? "conflict not_frozen" : "conflict state_changed");
    expect(await world.db.request.findUnique({ where: { id } })).toMatchObject({ state });
    expect(await world.audit(id)).toEqual([]);
    expect(world.queue.jobs).toEqual([]);
  });

  test("ten times at once is once, with one record", async () => {
    const { reference, id, desk } = await cast(start, { frozenAt });
    const other = world.web(await makePerson(world.db, { operator: true }));
    const tally = await outcomes(Array.from({ length: 10 }, (_, n) => act(n % 2 ? desk : other, reference)));
    expect(tally["done"]).toBe(1);
    expect(await world.audit(id)).toHaveLength(1);
  });
});

test("approved: the worker is next, the person is told, the record names the operator", async () => {
  const { reference, id, officer, desk } = await cast("review");
  await approveRequest(desk, { reference });
  expect(await world.db.request.findUnique({ where: { id } })).toMatchObject({ state: "running", decidedAt: testNow, decidedById: officer.personId });
  expect(world.queue.of("export.build")).toEqual([{ queue: "export.build", data: { requestId: id } }]);
  const letters = await world.db.letter.findMany({ where: { requestId: id } });
  expect(letters.map(({ name, channel, state }) => `${name} ${channel} ${state}`).sort()).toEqual(["approved mail queued", "approved notice queued"]);
  expect(world.queue.of("letter.send").map(({ data }) => data)).toEqual(expect.arrayContaining(letters.map((letter) => ({ letterId: letter.id }))));
  expect(await world.audit(id)).toEqual([{ event: "approved", actor: "operator", actorId: officer.personId, data: { from: "review", to: "running" } }]);
});

test("denied: reason and words are with the request, the words not in the record", async () => {
  const { reference, id, officer, desk } = await cast("review");
  await deny(desk, reference);
  expect(await world.db.request.findUnique({ where: { id } })).toMatchObject({
    state: "denied",
    denialReason: "identity_not_proven",
    denialText: text,
    decidedById: officer.personId,
    openKey: null,
    closedAt: testNow,
    wakeAt: null,
  });
  expect(await world.audit(id)).toEqual([
    { event: "denied", actor: "operator", actorId: officer.personId, data: { reason: "identity_not_proven", from: "review", to: "denied" } },
  ]);
});

test.each([
  [{ reason: "", text }, { reason: "denial_reason" }],
  [{ reason: "identity_not_proven", text: "" }, { text: "denial_text_short" }],
  [{ reason: undefined, text: undefined }, { reason: "denial_reason", text: "denial_text_short" }],
])("no refusal without reason and words: %j", async (given, fields) => {
  const { reference, id, desk } = await cast("review");
  await expect(denyRequest(desk, { reference, ...given })).rejects.toMatchObject({ code: "invalid", fields });
  expect(await world.db.request.findUnique({ where: { id } })).toMatchObject({ state: "review" });
});

test("a retry begins with all attempts, and forgets the failure", async () => {
  const { reference, id, desk } = await cast("failed", { failure: "storage_full" });
  await world.db.build.create({ data: { requestId: id, attempts: 10, fence: 12 } });
  await retryRequest(desk, { reference });
  expect(await world.db.request.findUnique({ where: { id }, include: { build: true } })).toMatchObject({
    state: "running",
    failure: null,
    build: { attempts: 0, leaseUntil: null, fence: 12 },
  });
});

test("approve, deny and withdraw at once: exactly one wins, and the record says which (C07)", async () => {
  for (let round = 0; round < 8; round += 1) {
    const { reference, id, desk, me } = await cast("review");
    const other = world.web(await makePerson(world.db, { operator: true }));
    const tally = await outcomes([
      approveRequest(desk, { reference }),
      deny(other, reference),
      // What was approved may still be withdrawn: only the two decisions exclude each other and the withdrawal.
      deny(desk, reference),
      approveRequest(other, { reference }),
    ]);
    expect(tally).toEqual({ done: 1, "conflict state_changed": 3 });
    const { state } = await world.db.request.findUniqueOrThrow({ where: { id } });
    expect(await world.audit(id)).toMatchObject([{ event: state === "running" ? "approved" : "denied" }]);
    expect(await refusal(withdrawRequest(me, { reference }))).toBe(state === "running" ? null : "conflict state_changed");
  }
});

test("deny against withdraw: exactly one", async () => {
  for (let round = 0; round < 8; round += 1) {
    const { reference, id, desk, me } = await cast("failed");
    const tally = await outcomes([deny(desk, reference), withdrawRequest(me, { reference })]);
    expect(tally).toEqual({ done: 1, "conflict state_changed": 1 });
    expect(await world.audit(id)).toHaveLength(1);
  }
});

test("whatever fails inside undoes all of it: state, record, letters", async () => {
  const { id, officer, desk } = await cast("review");
  const broken = apply(desk, id, { type: "approved", by: officer.personId, rulings: { granted: [], refused: [] }, preview: false }, () => Promise.reject(new Error("disk")));
  await expect(broken).rejects.toThrow("disk");
  const lostQueue = { ...desk, enqueue: () => Promise.reject(new Error("queue")) };
  await expect(apply(lostQueue, id, { type: "approved", by: officer.personId, rulings: { granted: [], refused: [] }, preview: false })).rejects.toThrow("queue");
  expect(await world.db.request.findUnique({ where: { id } })).toMatchObject({ state: "review", decidedAt: null });
  expect(await world.db.letter.count({ where: { requestId: id } })).toBe(0);
  expect(await world.audit(id)).toEqual([]);
});

test("an event for a request that is gone is not found", async () => {
  expect(await refusal(apply(world.worker(), "0192f0c0-0000-7000-8000-000000000001", { type: "clock" }))).toBe("not_found request");
});

test("a build that ends just as the person freezes is not lost: the row is read again (lost race)", async () => {
  const { id } = await cast("running");
  const worker = world.worker();
  let once = true;
  const expiresAt = new Date("2026-11-28T09:00:00Z");
  // Between look and write of the build's end, the freeze commits.
  const now = () => testNow;
  const slow = {
    ...worker,
    now,
    db: world.db.$extends({
      query: {
        request: {
          async updateMany({ args, query }) {
            if (once) {
              once = false;
              await apply(worker, id, { type: "frozen" });
            }
            return query(args);
          },
        },
      },
    }) as unknown as typeof worker.db,
  };
  await apply(slow, id, { type: "built", expiresAt });
  expect(await world.db.request.findUnique({ where: { id } })).toMatchObject({ state: "ready", frozenAt: testNow, wakeAt: expiresAt });
  expect((await world.audit(id)).map(({ event }) => event)).toEqual(["frozen", "built"]);
  expect(await world.db.letter.count({ where: { requestId: id, name: "ready" } })).toBe(0);
});
