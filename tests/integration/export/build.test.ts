import { beforeEach, describe, expect, it } from "vitest";
import { GiveUp, RetryLater } from "#lib/errors.ts";
import { buildExport, storageKeyOf } from "#lib/export/build.ts";
import { leaseMs } from "#lib/export/claim.ts";
import type { BuildStep } from "#lib/export/order.ts";
import type { PackageSummary } from "#lib/export/manifest.ts";
import { apply } from "#lib/requests/apply.ts";
import { StorageFull } from "#lib/storage/storage.ts";
import { SynapseDbUnavailable } from "#lib/synapse-db/synapse-db.ts";
import { unavailable } from "#tests/fakes/homeserver.ts";
import { emptySynapseDb, fakeEvents, fakeKind, ledgerRow } from "#tests/fixtures/package.ts";
import { openPackage } from "#tests/fixtures/open-package.ts";
import { buildWorld, sealedOf } from "./build-world.ts";
import { someKinds } from "./some-kinds.ts";

const world = buildWorld();
beforeEach(() => world.reset());

const options = { kinds: someKinds };
const packages = (requestId: string) => world.db.package.findMany({ where: { requestId } });
const stateOf = async (id: string) => (await world.db.request.findUniqueOrThrow({ where: { id } })).state;
/** Stored bytes of this request. */
const bytesOf = async (id: string) => (await world.stored()).filter((name) => name.startsWith(id));

async function failureOf(act: Promise<unknown>): Promise<RetryLater | GiveUp> {
  const error: unknown = await act.then(() => null, (caught: unknown) => caught);
  if (!(error instanceof RetryLater || error instanceof GiveUp)) throw error ?? new Error("it did not fail");
  return error;
}

describe("a build", () => {
  it("publishes one package that opens, once, however often it is asked", async () => {
    const { id } = await world.running();
    await buildExport(world.ctx(), { requestId: id }, options);
    await buildExport(world.ctx(), { requestId: id }, options);
    const [found, ...more] = await packages(id);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ storageKey: storageKeyOf({ requestId: id, fence: 1 }), builtAt: world.clock.now(), expiresAt: new Date("2026-11-28T09:00:00Z"), removedAt: null });
    expect(await stateOf(id)).toBe("ready");

    const zip = Buffer.concat((await (await world.storage.open(sealedOf(found))).toArray()) as Buffer[]);
    const { files } = await openPackage(zip);
    expect(files.get("data/messages.ndjson")?.content.toString().trim().split("\n")).toHaveLength(40);
    expect((found?.summary as unknown as PackageSummary).totals.included).toBe(41);
    expect(await world.audit(id)).toMatchObject([
      { event: "started", actor: "worker", data: { attempt: 1 } },
      { event: "gate_passed", actor: "worker", data: { version: 1, records: 41, found: 0 } },
      { event: "built", actor: "worker", data: { records: 41, candidates: 41, missingMedia: 0 } },
    ]);
    expect((await world.db.letter.findMany({ where: { requestId: id } })).map((letter) => letter.name)).toEqual(["ready"]);
  });

  it("puts the reference as it is read aloud, and no personal data beside the bytes", async () => {
    const { id, reference, actor } = await world.running();
    await buildExport(world.ctx(), { requestId: id }, options);
    const [found] = await packages(id);
    const zip = await (await world.storage.open(sealedOf(found))).toArray();
    const manifest = JSON.parse((await openPackage(Buffer.concat(zip as Buffer[]))).files.get("manifest.json")?.content.toString() ?? "") as { reference: string };
    expect(manifest.reference).toBe(`${reference.slice(0, 4)}-${reference.slice(4)}`);
    const outside = JSON.stringify([found?.summary, found?.storageKey, world.log.lines, await world.audit(id)]);
    for (const personal of [actor.mxid, "Anna", "message 1"]) expect(outside).not.toContain(personal);
  });

  it("has nothing to do when the request does not run, or is frozen", async () => {
    for (const given of [{ state: "review" }, { state: "ready" }, { state: "withdrawn" }, { state: "running", frozenAt: new Date() }] as const) {
      const { id } = await world.running(given);
      await buildExport(world.ctx(), { requestId: id }, options);
      expect([await packages(id), await bytesOf(id), await world.db.build.count({ where: { requestId: id } })]).toEqual([[], [], 0]);
    }
  });

  it("writes its progress, at most once a second", async () => {
    const { id } = await world.running();
    const writes: { kind: string | null; done: bigint; total: bigint }[] = [];
    const slow = fakeEvents(Array.from({ length: 30 }, (_, at) => `message ${at}`), async () => {
      await new Promise((resolve) => setTimeout(resolve, 80));
      const build = await world.db.build.findUnique({ where: { requestId: id } });
      if (build && build.done !== writes.at(-1)?.done) writes.push({ kind: build.kind, done: build.done, total: build.total });
    });
    await buildExport(world.ctx(), { requestId: id }, { kinds: [slow] });
    expect(writes.length).toBeGreaterThanOrEqual(2);
    expect(writes.length).toBeLessThanOrEqual(4);
    expect(writes.at(-1)).toMatchObject({ kind: "messages", total: 30n });
  });
});

describe("two workers", () => {
  it("on one job: one builds, the other comes back later and finds it done", async () => {
    const { id } = await world.running();
    let second: Promise<RetryLater | GiveUp> | undefined;
    await buildExport(world.ctx(), { requestId: id }, { ...options, step: (step) => { if (step === "counted") second = failureOf(buildExport(world.ctx(), { requestId: id }, options)); } });
    expect(await second).toMatchObject({ failure: "busy", afterSeconds: leaseMs / 1000 });
    await buildExport(world.ctx(), { requestId: id }, options);
    expect(await packages(id)).toHaveLength(1);
  });

  it("claiming at the same moment: exactly one wins", async () => {
    const { id } = await world.running();
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => buildExport(world.ctx(), { requestId: id }, options)));
    expect(results.filter((result) => result.status === "fulfilled").length).toBeGreaterThanOrEqual(1);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject({ failure: "busy" });
    expect(await packages(id)).toHaveLength(1);
    expect(await bytesOf(id)).toHaveLength(1);
  });

  it("when the first was only slow, it publishes nothing and takes its bytes away", async () => {
    const { id } = await world.running();
    const overtake = async (step: BuildStep) => {
      if (step !== "publishing") return;
      world.clock.advance(leaseMs + 1);
      await buildExport(world.ctx(), { requestId: id }, options);
    };
    await buildExport(world.ctx(), { requestId: id }, { ...options, step: overtake });
    expect((await packages(id)).map((found) => found.storageKey)).toEqual([storageKeyOf({ requestId: id, fence: 2 })]);
    expect(await bytesOf(id)).toEqual([storageKeyOf({ requestId: id, fence: 2 })]);
    expect(world.log.lines.find((line) => line.event === "build_stopped")?.fields).toMatchObject({ why: "state" });
  });

  it("when the other has claimed and not published yet, the slow one stops at its fence", async () => {
    const { id } = await world.running();
    const overtake = async (step: BuildStep) => {
      if (step === "sealed") await world.db.build.update({ where: { requestId: id }, data: { fence: { increment: 1 } } });
    };
    await buildExport(world.ctx(), { requestId: id }, { ...options, step: overtake });
    expect([await packages(id), await bytesOf(id), await stateOf(id)]).toEqual([[], [], "running"]);
    expect(world.log.lines.find((line) => line.event === "build_stopped")?.fields).toMatchObject({ why: "fence" });
  });
});

describe("a request that changes while it is built", () => {
  it.each(["withdrawn", "frozen"] as const)("%s: nothing is published, nothing is left", async (type) => {
    const { id, actor } = await world.running();
    const change = async (step: BuildStep) => {
      if (step === "publishing") await apply(world.ctx(), id, type === "frozen" ? { type } : { type, by: actor.personId });
    };
    await buildExport(world.ctx(), { requestId: id }, { ...options, step: change });
    expect([await packages(id), await bytesOf(id)]).toEqual([[], []]);
    expect(await stateOf(id)).toBe(type === "frozen" ? "running" : "withdrawn");
  });

  it("frozen and released: the next build publishes", async () => {
    const { id, actor } = await world.running();
    const freeze = async (step: BuildStep) => {
      if (step === "sealed") await apply(world.ctx(), id, { type: "frozen" });
    };
    await buildExport(world.ctx(), { requestId: id }, { ...options, step: freeze });
    await apply(world.ctx(), id, { type: "released", by: actor.personId, reason: "person_confirmed" });
    expect(world.queue.of("export.build").length).toBeGreaterThan(0);
    await buildExport(world.ctx(), { requestId: id }, options);
    expect(await packages(id)).toHaveLength(1);
  });

  it("is noticed while a long source is read", async () => {
    const { id, actor } = await world.running();
    const endless = fakeKind("messages", { rows: [{ a: 1 }], before: async () => { await apply(world.ctx(), id, { type: "withdrawn", by: actor.personId }); return new Promise(() => undefined); } });
    await buildExport(world.ctx(), { requestId: id }, { kinds: [endless] });
    expect([await packages(id), await bytesOf(id)]).toEqual([[], []]);
  }, 20_000);
});

describe("outages", () => {
  const breaking = (error: Error) => fakeKind("messages", { rows: [{ a: 1 }, { a: 2 }], before: (row) => { if (row === 1) throw error; } });
  const full = () => ({ ...world.storage, seal: async () => { throw new StorageFull(); } });

  it.each([
    ["homeserver down", "homeserver_down", () => ({ before: () => world.homeserver.fault({ error: unavailable(9) }) })],
    ["Synapse's database down", "synapse_database_down", () => ({ ctx: { synapseDb: { ...emptySynapseDb, snapshot: () => Promise.reject(new SynapseDbUnavailable()) } } })],
    ["Synapse's database lost in the middle", "synapse_database_down", () => ({ kinds: [breaking(new SynapseDbUnavailable())] })],
    ["storage full", "storage_full", () => ({ ctx: { storage: full() } })],
    ["storage away", "storage_down", () => ({ ctx: { storage: { ...world.storage, seal: () => Promise.reject(new Error("ECONNREFUSED")) } } })],
  ] as const)("%s: tried again later, and then it works", async (_name, failure, make) => {
    const { id } = await world.running();
    const given: { before?: () => void; ctx?: object; kinds?: typeof someKinds } = make();
    given.before?.();
    const error = await failureOf(buildExport(world.ctx(given.ctx), { requestId: id }, { kinds: given.kinds ?? someKinds }));
    expect(error).toBeInstanceOf(RetryLater);
    expect(error.failure).toBe(failure);
    expect([await packages(id), await bytesOf(id), await stateOf(id)]).toEqual([[], [], "running"]);
    await buildExport(world.ctx(), { requestId: id }, options);
    expect((await packages(id)).map((found) => found.storageKey)).toEqual([storageKeyOf({ requestId: id, fence: 2 })]);
  });

  it("an account that is gone, and lines that were not counted, are for the operator", async () => {
    const gone = await world.running();
    world.homeserver.removeAccount(gone.actor.mxid);
    expect(await failureOf(buildExport(world.ctx(), { requestId: gone.id }, options))).toMatchObject({ name: "GiveUp", failure: "account_gone" });
    const off = await world.running();
    const lying = fakeKind("messages", { rows: [{ a: 1 }], ledger: [ledgerRow("messages", "!a:x", { included: 2 })] });
    expect(await failureOf(buildExport(world.ctx(), { requestId: off.id }, { kinds: [lying] }))).toMatchObject({ name: "GiveUp", failure: "mismatch" });
    expect(await bytesOf(off.id)).toEqual([]);
  });

  it("a bug stays a bug", async () => {
    const { id } = await world.running();
    await expect(buildExport(world.ctx(), { requestId: id }, { kinds: [breaking(new TypeError("x is undefined"))] })).rejects.toBeInstanceOf(TypeError);
    expect(await bytesOf(id)).toEqual([]);
  });
});
