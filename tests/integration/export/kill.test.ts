import { spawn } from "node:child_process";
import { once } from "node:events";
import { utimes } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { beforeEach, describe, expect, it } from "vitest";
import { buildExport, storageKeyOf } from "#lib/export/build.ts";
import { leaseMs } from "#lib/export/claim.ts";
import { sweepOrphans } from "#lib/export/sweep-orphans.ts";
import { openPackage } from "#tests/fixtures/open-package.ts";
import { buildWorld, key, sealedOf } from "./build-world.ts";
import { someKinds } from "./some-kinds.ts";

const world = buildWorld();
beforeEach(() => world.reset());

/** Every step of a build of these kinds, in order; the first test checks that there is no other. */
const steps = [
  "claimed", "sealing", "counted", "lines:account", "table:account", "lines:messages", "table:messages", "media", "summary", "written", "sealed", "checking", "publishing", "published",
];

async function workerProcess(id: string, mxid: string, killAt: number): Promise<{ steps: string[]; signal: NodeJS.Signals | null; code: number | null }> {
  const script = join(import.meta.dirname, "build-child.ts");
  const child = spawn(process.execPath, [script, world.url, world.folder, key.toString("hex"), id, mxid, String(killAt)], { stdio: ["ignore", "pipe", "inherit"] });
  const [out, [code, signal]] = await Promise.all([text(child.stdout), once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>]);
  return { steps: out.trim().split("\n"), code, signal };
}

describe("a worker killed -9", () => {
  it("nowhere: builds, by exactly these steps", async () => {
    const { id, actor } = await world.running();
    expect(await workerProcess(id, actor.mxid, -1)).toEqual({ steps, code: 0, signal: null });
    expect(await world.db.package.count({ where: { requestId: id } })).toBe(1);
  });

  it.each(steps.map((step, at) => [step, at] as const))("at %s: the next worker finishes, one package, nothing left over", async (step, at) => {
    const { id, actor } = await world.running();
    const killed = await workerProcess(id, actor.mxid, at);
    expect(killed).toMatchObject({ steps: steps.slice(0, at + 1), signal: "SIGKILL" });
    const published = step === "published";
    expect(await world.db.package.count({ where: { requestId: id } })).toBe(published ? 1 : 0);

    world.clock.advance(leaseMs + 1);
    await buildExport(world.ctx(), { requestId: id }, { kinds: someKinds });
    const [found, ...more] = await world.db.package.findMany({ where: { requestId: id } });
    expect(more).toEqual([]);
    expect(found?.storageKey).toBe(storageKeyOf({ requestId: id, fence: published ? 1 : 2 }));
    const zip = await (await world.storage.open(sealedOf(found))).toArray();
    expect((await openPackage(Buffer.concat(zip as Buffer[]))).files.get("data/messages.ndjson")?.content.toString().trim().split("\n")).toHaveLength(40);
    expect((await world.audit(id)).filter((record) => record.event === "built")).toHaveLength(1);
    expect(await world.db.letter.count({ where: { requestId: id, name: "ready" } })).toBe(1);

    const mine = async () => (await world.stored()).filter((name) => name.startsWith(id));
    const old = new Date(world.clock.now().getTime() - 2 * 3_600_000);
    for (const name of await mine()) await utimes(join(world.folder, name), old, old);
    await sweepOrphans(world.ctx());
    expect(await mine()).toEqual([found?.storageKey]);
  });
});
