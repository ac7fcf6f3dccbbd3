import { beforeEach, expect, test } from "vitest";
import type { RequestState } from "#lib/db/generated/enums.ts";
import { apply } from "#lib/requests/apply.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { denyRequest } from "#lib/requests/deny.ts";
import { freezeRequest } from "#lib/requests/freeze.ts";
import { notMeKey } from "#lib/requests/not-me-key.ts";
import { releaseRequest } from "#lib/requests/release.ts";
import { testNow } from "#tests/fixtures/clock.ts";
import { testSecret } from "#tests/fixtures/context.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { openWorld, outcomes, refusal } from "./world.ts";

const world = openWorld();
beforeEach(world.reset);

async function cast(state: RequestState) {
  const person = await makePerson(world.db, { hasMail: true });
  const request = await makeRequest(world.db, person.personId, { state });
  const { actor, ...stranger } = world.web(person);
  const desk = world.web(await makePerson(world.db, { operator: true }));
  return { ...request, actor, stranger, desk, key: notMeKey(testSecret, request.id) };
}

test("the key alone freezes: both sides are told, the record names nobody", async () => {
  const { id, reference, key, stranger } = await cast("ready");
  expect(await freezeRequest(stranger, { reference, key })).toEqual({ reference });
  expect(await world.db.request.findUnique({ where: { id } })).toMatchObject({ state: "ready", frozenAt: testNow });
  expect(await world.audit(id)).toEqual([{ event: "frozen", actor: "subject", actorId: null, data: { from: "ready", to: "ready" } }]);
  const letters = await world.db.letter.findMany({ where: { requestId: id } });
  expect(letters.map(({ name, channel }) => `${name} ${channel}`).sort()).toEqual(["dpo-frozen mail", "frozen mail", "frozen notice"]);
});

test("pressed twice, or ten times at once, it is frozen once", async () => {
  const { id, reference, key, stranger } = await cast("review");
  expect(await outcomes(Array.from({ length: 10 }, () => freezeRequest(stranger, { reference, key })))).toEqual({ done: 10 });
  expect(await refusal(freezeRequest(stranger, { reference, key }))).toBeNull();
  expect(await world.audit(id)).toHaveLength(1);
});

test("a wrong key and a request that never was look the same", async () => {
  const [mine, other] = [await cast("ready"), await cast("ready")];
  const { stranger, reference, key } = mine;
  for (const input of [
    { reference, key: other.key },
    { reference, key: key.slice(0, -1) },
    { reference, key: "" },
    { reference, key: undefined },
    { reference, key: [key] },
    { reference: "00000000", key },
    { reference: undefined, key },
    { reference: "00000000", key: notMeKey(testSecret, "") },
  ]) {
    expect(await refusal(freezeRequest(stranger, input))).toBe("not_found request");
  }
  expect(await world.db.request.findUnique({ where: { id: mine.id } })).toMatchObject({ frozenAt: null });
});

test.each(["unconfirmed", "review", "running", "ready", "failed", "fulfilled"] as const)("possible in %s", async (state) => {
  const { id, reference, key, stranger } = await cast(state);
  await freezeRequest(stranger, { reference, key });
  expect(await world.db.request.findUnique({ where: { id } })).toMatchObject({ state, frozenAt: testNow });
});

test.each(["denied", "withdrawn", "expired"] as const)("%s: nothing is left to stop", async (state) => {
  const { reference, key, stranger } = await cast(state);
  expect(await refusal(freezeRequest(stranger, { reference, key }))).toBe("conflict state_changed");
});

test("frozen, nothing goes out: no approval, no download; a release opens it again", async () => {
  const { reference, id, key, stranger, desk, actor } = await cast("review");
  await freezeRequest(stranger, { reference, key });
  expect(await refusal(approveRequest(desk, { reference }))).toBe("conflict frozen");
  await expect(releaseRequest(desk, { reference, reason: "" })).rejects.toMatchObject({ code: "invalid", fields: { reason: "release_reason" } });
  await releaseRequest(desk, { reference, reason: "person_confirmed" });
  expect((await world.audit(id)).at(-1)).toMatchObject({ event: "released", actor: "operator", actorId: desk.actor.personId, data: { reason: "person_confirmed" } });
  expect(await refusal(approveRequest(desk, { reference }))).toBeNull();

  const ready = await cast("ready");
  await freezeRequest(ready.stranger, { reference: ready.reference, key: ready.key });
  const downloaded = { type: "downloaded", by: actor.personId, occasion: "one" } as const;
  expect(await refusal(apply(desk, ready.id, downloaded))).toBe("conflict frozen");
  await releaseRequest(ready.desk, { reference: ready.reference, reason: "pressed_by_mistake" });
  expect(await refusal(apply(desk, ready.id, downloaded))).toBeNull();
});

test("a second protest after a release freezes again and is told again", async () => {
  const { id, reference, key, stranger, desk } = await cast("ready");
  await freezeRequest(stranger, { reference, key });
  await releaseRequest(desk, { reference, reason: "pressed_by_mistake" });
  world.clock.advance(60_000);
  await freezeRequest(stranger, { reference, key });
  expect(await world.db.letter.count({ where: { requestId: id, name: "dpo-frozen" } })).toBe(2);
});

test("an operator ends a request that was not the person's: the package goes", async () => {
  const { id, reference, key, stranger, desk } = await cast("ready");
  const pack = await world.db.package.create({
    data: { requestId: id, storageKey: id, wrappedKey: "k", bytes: 1n, sha256: "0", builtAt: testNow, expiresAt: new Date("2026-11-28T09:00:00Z"), summary: {} },
  });
  const deny = () => denyRequest(desk, { reference, reason: "identity_not_proven", text: "Somebody else had asked with this account." });
  expect(await refusal(deny())).toBe("conflict state_changed");
  await freezeRequest(stranger, { reference, key });
  await deny();
  expect(world.queue.of("package.remove")).toEqual([{ queue: "package.remove", data: { packageId: pack.id } }]);
});

test("the same download tells once, another one again", async () => {
  const { id, actor } = await cast("ready");
  const worker = world.worker();
  for (const occasion of ["s1", "s1", "s2"]) await apply(worker, id, { type: "downloaded", by: actor.personId, occasion });
  expect(await world.db.letter.count({ where: { requestId: id, name: "downloaded", channel: "notice" } })).toBe(2);
  expect(await world.audit(id)).toHaveLength(3);
});
