import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readdirSync, readlinkSync } from "node:fs";
import { mkdtemp, open, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { spoolIn } from "#lib/storage/spool.ts";
import { StorageCorrupt } from "#lib/storage/storage.ts";

const mib = 1024 * 1024;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "spool-test-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function* inChunks(bytes: Uint8Array, size = 70_000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const all = async (chunks: AsyncIterable<Buffer>) => Buffer.concat(await Array.fromAsync(chunks, (chunk) => Buffer.from(chunk)));
/** Files of the folder that this process holds open, also those without a name. */
const held = () =>
  readdirSync("/proc/self/fd").flatMap((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder) ? [`/proc/self/fd/${fd}`] : [];
    } catch {
      return [];
    }
  });

describe("the spool", () => {
  it.each([0, 1, mib, 3 * mib + 77])("gives back %i bytes, more than once", async (length) => {
    const plain = randomBytes(length);
    const spooled = await spoolIn(folder)(inChunks(plain));
    expect((await all(spooled.read())).equals(plain)).toBe(true);
    expect((await all(spooled.read())).equals(plain)).toBe(true);
    await spooled.close();
  });

  it("keeps nothing under a name, nothing that can be read, and nothing once it is closed", async () => {
    const spooled = await spoolIn(join(folder, "new"))(inChunks(Buffer.from("a very recognisable sentence ".repeat(1000))));
    expect(await readdir(join(folder, "new"))).toEqual([]);
    const [file = "", ...more] = held();
    expect(more).toEqual([]);
    const stored = await readFile(file);
    expect(stored.length).toBeGreaterThan(29_000);
    expect(stored.includes("recognisable")).toBe(false);
    await spooled.close();
    expect(held()).toEqual([]);
  });

  it("gives no byte that was changed meanwhile", async () => {
    const spooled = await spoolIn(folder)(inChunks(randomBytes(2 * mib)));
    const file = await open(held()[0] ?? "", "r+");
    await file.write(Buffer.from("x"), 0, 1, mib + 100);
    await file.close();
    const given: number[] = [];
    const reading = (async () => { for await (const chunk of spooled.read()) given.push(chunk.length); })();
    await expect(reading).rejects.toBeInstanceOf(StorageCorrupt);
    expect(given).toEqual([mib]);
    await spooled.close();
  });

  it("keeps nothing of what breaks off", async () => {
    const broken = (async function* () { yield Buffer.alloc(3 * mib); throw new Error("broke"); })();
    await expect(spoolIn(folder)(broken)).rejects.toThrow("broke");
    expect(held()).toEqual([]);
  });

  it("says when there is no room", async () => {
    const script = `
      import { spoolIn } from "#lib/storage/spool.ts";
      async function* plain() { for (let n = 0; n < 8; n += 1) yield new Uint8Array(${mib}); }
      await spoolIn(process.argv[1])(plain()).then(() => console.log("kept"), (error) => console.log(error.name, error.message));
    `;
    // A limit on file size is the shortage an ordinary user can make: 2 MiB, in blocks of 512 bytes.
    const limited = "trap '' XFSZ; ulimit -f 4096; exec \"$@\"";
    const { stdout } = await promisify(execFile)("sh", ["-c", limited, "sh", process.execPath, "--input-type=module-typescript", "-e", script, folder]);
    expect(stdout.trim()).toBe("StorageFull storage is full");
  });
});
