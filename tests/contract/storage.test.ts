import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import S3rver from "s3rver";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { givenBack } from "#lib/give-back.ts";
import { openStorage, type Place } from "#lib/storage/open.ts";
import { type Storage, StorageCorrupt } from "#lib/storage/storage.ts";

const key = randomBytes(32);
const mib = 1024 * 1024;
let folder: string;
let s3: S3rver;
let places: Record<"disk" | "s3", Place>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "storage-"));
  s3 = new S3rver({ port: 0, address: "127.0.0.1", silent: true, directory: join(folder, "s3"), configureBuckets: [{ name: "packages", configs: [] }] });
  const { port } = await s3.run();
  places = {
    disk: { type: "disk", folder: join(folder, "disk") },
    s3: { type: "s3", endpoint: `http://127.0.0.1:${port}`, bucket: "packages", region: "eu", accessKeyId: "S3RVER", secretAccessKey: "S3RVER" },
  };
});

afterAll(async () => {
  await s3.close();
  await rm(folder, { recursive: true, force: true });
});

async function read(storage: Storage, sealed: Parameters<Storage["open"]>[0], range?: Parameters<Storage["open"]>[1]): Promise<Buffer> {
  return Buffer.concat((await (await storage.open(sealed, range)).toArray()) as Buffer[]);
}

describe.each(["disk", "s3"] as const)("storage on %s", (type) => {
  const open = () => openStorage({ place: places[type], key });
  const keysOf = async (storage: Storage) => (await Array.fromAsync(storage.list())).map((one) => one.storageKey);

  it.each([0, 5, mib, 21 * mib + 17])("seals and opens %i bytes", async (length) => {
    const storage = open();
    const plain = randomBytes(length);
    const sealed = await storage.seal(`whole-${length}`, Readable.from([plain]));
    expect(sealed.bytes).toBe(length);
    expect((await read(storage, sealed)).equals(plain)).toBe(true);
  });

  it("has done with each chunk when it asks for the next", async () => {
    const storage = open();
    const chunks = [3, mib - 3, 2 * mib + 5, 1, 11 * mib].map((length) => randomBytes(length));
    const plain = Buffer.concat(chunks);
    const sealed = await storage.seal("given-back", givenBack(Readable.from(chunks.map((chunk) => new Uint8Array(chunk)))));
    expect(sealed).toMatchObject({ bytes: plain.length, sha256: createHash("sha256").update(plain).digest("hex") });
    expect((await read(storage, sealed)).equals(plain)).toBe(true);
  });

  it("opens a range, and refuses one outside", async () => {
    const storage = open();
    const plain = randomBytes(3 * mib);
    const sealed = await storage.seal("ranged", Readable.from([plain]));
    for (const [start, end] of [[0, 0], [mib - 1, mib], [2 * mib + 5, 3 * mib - 1]] as const) {
      expect((await read(storage, sealed, { start, end })).equals(plain.subarray(start, end + 1))).toBe(true);
    }
    await expect(storage.open(sealed, { start: 0, end: 3 * mib })).rejects.toBeInstanceOf(RangeError);
  });

  it("shows nothing when the source breaks", async () => {
    const storage = open();
    async function* breaking() {
      yield randomBytes(12 * mib);
      throw new Error("the source broke");
    }
    await expect(storage.seal("broken", breaking())).rejects.toThrow("the source broke");
    expect(await keysOf(storage)).not.toContain("broken");
  });

  it("finds everything by list, and removes, also twice", async () => {
    const storage = open();
    await storage.seal("listed", Readable.from([Buffer.from("x")]));
    const found = (await Array.fromAsync(storage.list())).find((one) => one.storageKey === "listed");
    expect(Math.abs(Date.now() - (found?.modifiedAt.getTime() ?? 0))).toBeLessThan(60_000);
    await storage.remove("listed");
    await storage.remove("listed");
    expect(await keysOf(storage)).not.toContain("listed");
  });

  it("says corrupt when the bytes are gone, or belong to another package", async () => {
    const storage = open();
    const one = await storage.seal("one", Readable.from([Buffer.from("one")]));
    const two = await storage.seal("two", Readable.from([Buffer.from("two")]));
    await expect(storage.open({ ...one, storageKey: "two" })).rejects.toBeInstanceOf(StorageCorrupt);
    await expect(storage.open({ ...one, wrappedKey: two.wrappedKey })).rejects.toBeInstanceOf(StorageCorrupt);
    await storage.remove("one");
    await expect(storage.open(one)).rejects.toBeInstanceOf(StorageCorrupt);
  });

  it("takes generated names only", async () => {
    const storage = open();
    for (const bad of ["../up", "a/b", ".hidden", "", "a\u0000b"]) {
      await expect(storage.seal(bad, Readable.from([Buffer.from("x")]))).rejects.toThrow(/generated name/);
    }
  });

  it("checks itself and leaves nothing behind", async () => {
    const storage = open();
    const before = await keysOf(storage);
    await storage.check();
    expect(await keysOf(storage)).toEqual(before);
  });
});

describe("storage on disk", () => {
  it("keeps files to the owner, and plain bytes off the disk", async () => {
    const storage = openStorage({ place: places.disk, key });
    await storage.seal("private", Readable.from([Buffer.from("recognisable ".repeat(1000))]));
    const path = join(folder, "disk", "private");
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await readFile(path)).includes("recognisable")).toBe(false);
  });

  it("leaves no part when the source breaks, and lists the part a killed worker left", async () => {
    const storage = openStorage({ place: places.disk, key });
    await expect(storage.seal("half", Readable.from((async function* () { yield randomBytes(2 * mib); throw new Error("broke"); })()))).rejects.toThrow();
    expect((await readdir(join(folder, "disk"))).filter((name) => name.startsWith("half"))).toEqual([]);
    await writeFile(join(folder, "disk", "half.0000.part"), "x");
    expect((await Array.fromAsync(storage.list())).map((one) => one.storageKey)).toContain("half.0000.part");
  });
});

describe("storage on a disk without room", () => {
  it("says so, and leaves nothing", async () => {
    const small = join(folder, "small");
    const script = `
      import { openStorage } from "#lib/storage/open.ts";
      const storage = openStorage({ place: { type: "disk", folder: process.argv[1] }, key: new Uint8Array(32) });
      async function* plain() { for (let n = 0; n < 8; n += 1) yield new Uint8Array(${mib}); }
      await storage.seal("big", plain()).then(() => console.log("sealed"), (error) => console.log(error.name, error.message));
    `;
    // A limit on file size is the shortage an ordinary user can make: 2 MiB, in blocks of 512 bytes.
    const limited = "trap '' XFSZ; ulimit -f 4096; exec \"$@\"";
    const { stdout } = await promisify(execFile)("sh", ["-c", limited, "sh", process.execPath, "--input-type=module-typescript", "-e", script, small]);
    expect(stdout.trim()).toBe("StorageFull storage is full");
    expect(await readdir(small)).toEqual([]);
  });
});

describe("storage in a bucket that is not there", () => {
  it("fails to seal and to check", async () => {
    const storage = openStorage({ place: { ...places.s3, bucket: "nowhere" } as Place, key });
    await expect(storage.check()).rejects.toThrow();
  });
});
