import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { openArchive } from "#lib/export/archive.ts";
import { packer } from "#lib/export/pack.ts";
import { unzip } from "#tests/fixtures/unzip.ts";

const at = new Date("2026-11-21T03:30:00Z");

async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(bytes));
}

describe("archive", () => {
  it("holds what was added, in order, and tells its size and hash", async () => {
    const archive = openArchive(at);
    const all = collect(archive.bytes);
    async function* lines() { yield Buffer.from("one\ntw"); yield Buffer.from("o\n"); }
    const first = await archive.add("data/a.ndjson", lines());
    const second = await archive.add("media/000001.bin", Buffer.from([0, 1, 2]), { store: true });
    await archive.finish();
    const files = await unzip(await all);
    expect([...files.keys()]).toEqual(["data/a.ndjson", "media/000001.bin"]);
    expect(files.get("data/a.ndjson")?.content.toString()).toBe("one\ntwo\n");
    expect(first).toEqual({ path: "data/a.ndjson", bytes: 8, lines: 2, sha256: files.get("data/a.ndjson")?.sha256 });
    expect(second.sha256).toBe(files.get("media/000001.bin")?.sha256);
    expect(files.get("media/000001.bin")?.stored).toBe(true);
    expect(files.get("data/a.ndjson")?.stored).toBe(false);
  });

  it("takes what was packed elsewhere for what it packs itself", async () => {
    const text = "one\ntwo\n".repeat(30_000);
    const archive = openArchive(at);
    const all = collect(archive.bytes);
    const { pack, close } = packer();
    const here = await archive.add("here", text);
    const elsewhere = await archive.addPacked("elsewhere", pack([Buffer.from(text)]));
    await archive.finish();
    close();
    const files = await unzip(await all);
    expect(files.get("elsewhere")?.content.toString()).toBe(text);
    expect(files.get("elsewhere")?.stored).toBe(false);
    expect(elsewhere).toEqual({ ...here, path: "elsewhere" });
    expect(elsewhere.sha256).toBe(files.get("elsewhere")?.sha256);
  });

  it("writes times in UTC", async () => {
    const archive = openArchive(at);
    const all = collect(archive.bytes);
    await archive.add("a.txt", "x");
    await archive.finish();
    // DOS time: hours in bits 11-15, minutes in 5-10; DOS date: day in bits 0-4.
    const { dosTime, dosDate } = (await unzip(await all)).get("a.txt") ?? { dosTime: 0, dosDate: 0 };
    expect([dosTime >> 11, (dosTime >> 5) & 63, dosDate & 31]).toEqual([3, 30, 21]);
  });

  it("breaks off, for the reader too, when a source breaks", async () => {
    const archive = openArchive(at);
    const all = collect(archive.bytes);
    all.catch(() => undefined);
    async function* breaking() { yield Buffer.alloc(300_000, 1); throw new Error("the source broke"); }
    const error = await archive.add("a", breaking()).catch((caught: unknown) => caught);
    expect((error as Error).message).toBe("the source broke");
    archive.fail(error);
    await expect(all).rejects.toThrow("the source broke");
  });

  it("stops the source when nobody reads any more", async () => {
    const archive = openArchive(at);
    let closed = false;
    async function* endless() {
      try { for (;;) yield Buffer.alloc(100_000, Math.random() * 255); } finally { closed = true; }
    }
    const adding = archive.add("a", endless());
    adding.catch(() => undefined);
    for await (const chunk of archive.bytes) if (chunk.length > 0) break;
    await expect(adding).rejects.toThrow("no longer read");
    await expect.poll(() => closed).toBe(true);
    await expect(archive.add("b", "x")).rejects.toThrow("no longer read");
  });

  it("does not run ahead of its reader", async () => {
    const archive = openArchive(at);
    let given = 0;
    async function* plenty() { for (; given < 500; given += 1) yield Buffer.from(crypto.getRandomValues(new Uint8Array(60_000))); }
    const adding = archive.add("a", plenty(), { store: true });
    const reader = archive.bytes[Symbol.asyncIterator]();
    await reader.next();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(given).toBeLessThan(100);
    while (!(await Promise.race([adding.then(() => true), reader.next().then(() => false)]))) continue;
    expect(given).toBe(500);
    await reader.return?.();
  });

  it("keeps nothing of an entry but its line in the directory, however many buffers share a pool", async () => {
    setFlagsFromString("--expose-gc");
    const gc = runInNewContext("gc") as () => void;
    const archive = openArchive(at);
    const all = (async () => { for await (const chunk of archive.bytes) void chunk; })();
    const kept = async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      gc();
      gc();
      return process.memoryUsage().arrayBuffers;
    };
    // What reads a database takes from the pool as these do.
    async function* pooled() { for (let i = 0; i < 3; i += 1) yield Buffer.allocUnsafe(30_000); }
    await archive.add("first", pooled());
    const before = await kept();
    for (let i = 0; i < 200; i += 1) await archive.add(`viewer/messages-${i}.js`, pooled());
    expect((await kept()) - before).toBeLessThan(1 << 20);
    await archive.finish();
    await all;
  });
});
