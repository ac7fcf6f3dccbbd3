import { utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { buildExport, storageKeyOf } from "#lib/export/build.ts";
import { leaseMs } from "#lib/export/claim.ts";
import { sweepOrphans } from "#lib/export/sweep-orphans.ts";
import { buildWorld } from "./build-world.ts";
import { someKinds } from "./some-kinds.ts";

const world = buildWorld();
beforeEach(() => world.reset());

const hour = 3_600_000;

/** Bytes that some worker left, so many milliseconds ago. */
async function left(name: string, ago = 2 * hour): Promise<string> {
  await writeFile(join(world.folder, name), "sealed");
  const at = new Date(world.clock.now().getTime() - ago);
  await utimes(join(world.folder, name), at, at);
  return name;
}

describe("the sweep of the storage", () => {
  it("takes what belongs to nothing, also parts of a file, and leaves what is young", async () => {
    const { id } = await world.running();
    await buildExport(world.ctx(), { requestId: id }, { kinds: someKinds });
    const published = storageKeyOf({ requestId: id, fence: 1 });
    const old = new Date(world.clock.now().getTime() - 2 * hour);
    await utimes(join(world.folder, published), old, old);
    for (const name of [`${id}-9.sealed`, `${id}-9.sealed.abc.part`, `${crypto.randomUUID()}-1.sealed`, "probe-x"]) await left(name);
    const young = await left(`${id}-8.sealed`, hour - 1000);
    expect(await sweepOrphans(world.ctx())).toBe(4);
    expect((await world.stored()).sort()).toEqual([published, young].sort());
  });

  it("leaves what a living build writes, however long it takes, and takes it once the lease is over", async () => {
    const { id } = await world.running();
    await world.db.build.create({ data: { requestId: id, fence: 3, leaseUntil: new Date(world.clock.now().getTime() + leaseMs) } });
    const part = await left(`${storageKeyOf({ requestId: id, fence: 3 })}.abc.part`);
    const older = await left(storageKeyOf({ requestId: id, fence: 2 }));
    await sweepOrphans(world.ctx());
    expect(await world.stored()).toContain(part);
    expect(await world.stored()).not.toContain(older);
    world.clock.advance(leaseMs);
    await sweepOrphans(world.ctx());
    expect(await world.stored()).not.toContain(part);
  });

  it("finishes what a removal left lying: the row says removed, the bytes do not", async () => {
    const { id } = await world.running();
    const name = await left(storageKeyOf({ requestId: id, fence: 1 }));
    await world.db.package.create({ data: { requestId: id, storageKey: name, bytes: 6, sha256: "", builtAt: world.clock.now(), expiresAt: world.clock.now(), removedAt: world.clock.now(), summary: {} } });
    await sweepOrphans(world.ctx());
    expect(await world.stored()).not.toContain(name);
  });
});
