import { randomBytes } from "node:crypto";
import { open, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#lib/context.ts";
import { buildExport } from "#lib/export/build.ts";
import { type Download, downloadPackage } from "#lib/export/download.ts";
import { proofWithin } from "#lib/requests/timing.ts";
import { removePackage } from "#lib/export/remove.ts";
import { apply } from "#lib/requests/apply.ts";
import { makePerson } from "#tests/fixtures/people.ts";
import { fakeKind } from "#tests/fixtures/package.ts";
import { openPackage } from "#tests/fixtures/open-package.ts";
import { refusal } from "#tests/integration/requests/world.ts";
import { buildWorld } from "./build-world.ts";

const world = buildWorld();
beforeEach(() => world.reset());

/** Incompressible, so that the package has several frames. */
const kinds = [fakeKind("account_data", { rows: Array.from({ length: 40 }, () => ({ content: randomBytes(48_000).toString("base64") })) })];

async function ready() {
  const made = await world.running();
  await buildExport(world.ctx(), { requestId: made.id }, { kinds });
  const row = await world.db.package.findFirstOrThrow({ where: { requestId: made.id } });
  const download = (given: { actor?: Actor; range?: string; ifRange?: string; reference?: string } = {}) =>
    downloadPackage(world.web(given.actor ?? made.actor, { storage: world.storage }), { reference: given.reference ?? made.reference, range: given.range, ifRange: given.ifRange });
  const downloaded = async () => ({
    counter: (await world.db.package.findUniqueOrThrow({ where: { id: row.id } })).downloads,
    audit: (await world.audit(made.id)).filter((record) => record.event === "downloaded").length,
    letters: await world.db.letter.count({ where: { requestId: made.id, name: "downloaded", channel: "notice" } }),
  });
  return { ...made, row, download, downloaded, path: join(world.folder, row.storageKey) };
}

const bytesOf = async ({ stream }: Download) => (stream ? await buffer(stream as unknown as AsyncIterable<Uint8Array>) : Buffer.alloc(0));

describe("download", () => {
  it("gives the whole package, as a file and nothing else", async () => {
    const { download, row, reference } = await ready();
    const answer = await download();
    const zip = await bytesOf(answer);
    expect(answer.status).toBe(200);
    expect(answer.headers).toEqual({
      "content-type": "application/zip",
      "content-length": String(row.bytes),
      "content-disposition": `attachment; filename="matrix-export-${reference}.zip"`,
      "accept-ranges": "bytes",
      etag: `"${row.sha256}"`,
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
      "content-security-policy": "sandbox; default-src 'none'",
      "cross-origin-resource-policy": "same-origin",
      "referrer-policy": "no-referrer",
    });
    expect(zip.length).toBe(Number(row.bytes));
    expect([...(await openPackage(zip)).files.keys()]).toContain("index.html");
  });

  it("gives one range, of which the parts make the whole", async () => {
    const { download, row } = await ready();
    const size = Number(row.bytes);
    const whole = await bytesOf(await download());
    for (const [header, start, end] of [["bytes=0-0", 0, 0], ["bytes=1048570-1048585", 1048570, 1048585], [`bytes=${size - 5}-`, size - 5, size - 1], ["bytes=-7", size - 7, size - 1], [`bytes=10-${size * 2}`, 10, size - 1]] as const) {
      const answer = await download({ range: header });
      expect(answer.status).toBe(206);
      expect(answer.headers).toMatchObject({ "content-range": `bytes ${start}-${end}/${size}`, "content-length": String(end - start + 1) });
      expect((await bytesOf(answer)).equals(whole.subarray(start, end + 1))).toBe(true);
    }
  });

  it("answers 416 beyond the end, and the whole to ranges it need not understand", async () => {
    const { download, row } = await ready();
    const beyond = await download({ range: `bytes=${row.bytes}-` });
    expect([beyond.status, beyond.stream, beyond.headers["content-range"]]).toEqual([416, null, `bytes */${row.bytes}`]);
    for (const range of ["bytes=0-1,5-6", "items=0-1", "bytes", "bytes=x-y"]) {
      const answer = await download({ range });
      expect([range, answer.status]).toEqual([range, 200]);
      await answer.stream?.cancel();
    }
  });

  it("continues only the same package", async () => {
    const { download, row } = await ready();
    const same = await download({ range: "bytes=5-9", ifRange: `"${row.sha256}"` });
    const other = await download({ range: "bytes=5-9", ifRange: '"another"' });
    expect([same.status, other.status]).toEqual([206, 200]);
    await Promise.all([same.stream?.cancel(), other.stream?.cancel()]);
  });

  it("counts and tells once a proof, however many ranges are fetched", async () => {
    const { download, downloaded, actor } = await ready();
    // A range that leaves out the first byte must not go unannounced either.
    for (const range of ["bytes=1-", "bytes=0-99", "bytes=100-199", undefined]) await bytesOf(await download(range ? { range } : {}));
    await Promise.all(Array.from({ length: 8 }, async (_, at) => bytesOf(await download({ range: `bytes=${at}-${at + 9}` }))));
    expect(await downloaded()).toEqual({ counter: 1, audit: 1, letters: 1 });

    const again = { ...actor, authenticatedAt: new Date(actor.authenticatedAt.getTime() + 1000) };
    await Promise.all(Array.from({ length: 4 }, async () => bytesOf(await download({ actor: again }))));
    expect(await downloaded()).toEqual({ counter: 2, audit: 2, letters: 2 });
  });
});

describe("a download is refused", () => {
  it("to anybody else, as if there were no such request", async () => {
    const { download, downloaded } = await ready();
    const other = await makePerson(world.db);
    const officer = await makePerson(world.db, { operator: true });
    for (const actor of [other, officer]) expect(await refusal(download({ actor }))).toBe("not_found request");
    expect(await refusal(download({ reference: "ZZZZZZZZ" }))).toBe("not_found request");
    expect(await downloaded()).toEqual({ counter: 0, audit: 0, letters: 0 });
  });

  it("when the proof of identity is ten minutes old", async () => {
    const { download } = await ready();
    world.clock.advance(proofWithin - 1);
    await bytesOf(await download());
    world.clock.advance(1);
    expect(await refusal(download())).toBe("forbidden proof_too_old");
  });

  it("while it is frozen, and given again after release", async () => {
    const { download, id, actor, downloaded } = await ready();
    // Under a proof that has fetched it before nothing is recorded, so that record's own refusal does not help.
    await bytesOf(await download());
    await apply(world.ctx(), id, { type: "frozen" });
    for (const again of [{}, { range: "bytes=5-9" }, { actor: { ...actor, authenticatedAt: world.clock.now(), sessionId: crypto.randomUUID() } }]) {
      expect(await refusal(download(again))).toBe("conflict frozen");
    }
    expect((await downloaded()).counter).toBe(1);
    await apply(world.ctx(), id, { type: "released", by: actor.personId, reason: "person_confirmed" });
    expect((await download()).status).toBe(200);
  });

  it("when the package has expired, to the minute, or is not built", async () => {
    const { download, row, actor } = await ready();
    world.clock.set(row.expiresAt);
    const fresh = { ...actor, authenticatedAt: row.expiresAt };
    expect(await refusal(download({ actor: fresh }))).toBe("conflict package_expired");
    const running = await world.running();
    expect(await refusal(downloadPackage(world.web(running.actor, { storage: world.storage }), { reference: running.reference }))).toBe("not_found package");
  });

  it("when the storage is away: nothing is counted, nothing is lost", async () => {
    const { actor, reference, downloaded } = await ready();
    const away = { ...world.storage, open: () => Promise.reject(new Error("ECONNREFUSED")) };
    expect(await refusal(downloadPackage(world.web(actor, { storage: away }), { reference }))).toBe("unavailable storage_unavailable");
    expect(await downloaded()).toEqual({ counter: 0, audit: 0, letters: 0 });
  });
});

describe("bytes that were damaged at rest", () => {
  const flip = async (path: string, at: number) => {
    const file = await open(path, "r+");
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, at);
    await file.write(Buffer.from([(byte[0] ?? 0) ^ 1]), 0, 1, at);
    await file.close();
  };

  it.each([
    ["in the first frame", (path: string) => flip(path, 100)],
    ["by loss of the file", (path: string) => rm(path)],
  ])("%s: refused in words, and the request goes to the operator, whose retry builds anew", async (_name, damage) => {
    const { download, path, id, row, actor } = await ready();
    await damage(path);
    expect(await refusal(download())).toBe("conflict package_unreadable");
    expect(await world.db.request.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: "failed", failure: "package_unreadable" });
    expect(world.queue.of("package.remove")).toEqual([{ queue: "package.remove", data: { packageId: row.id } }]);
    await removePackage(world.ctx(), { packageId: row.id });

    await apply(world.ctx(), id, { type: "retried", by: actor.personId });
    await buildExport(world.ctx(), { requestId: id }, { kinds });
    expect((await bytesOf(await download())).length).toBeGreaterThan(1000);
  });

  it("further behind: the good part comes, then the connection breaks, and never a wrong byte", async () => {
    const { download, path, id, row } = await ready();
    const whole = await bytesOf(await download());
    await flip(path, 1024 * 1024 + 500);
    const { stream } = await download();
    const seen: Uint8Array[] = [];
    await expect((async () => {
      for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) seen.push(chunk);
    })()).rejects.toThrow();
    const got = Buffer.concat(seen);
    expect(got.length).toBeLessThan(Number(row.bytes));
    expect(got.equals(whole.subarray(0, got.length))).toBe(true);
    await expect.poll(async () => (await world.db.request.findUniqueOrThrow({ where: { id } })).state).toBe("failed");
  });
});

describe("removing a package", () => {
  it("destroys the key first, so that kept bytes open for nobody, and then the bytes", async () => {
    const { row, id, actor } = await ready();
    await apply(world.ctx(), id, { type: "withdrawn", by: actor.personId });
    let keyWhenRemoved: string | null | undefined;
    const storage = { ...world.storage, remove: async (storageKey: string) => {
      keyWhenRemoved = (await world.db.package.findUniqueOrThrow({ where: { id: row.id } })).wrappedKey;
      await world.storage.remove(storageKey);
    } };
    await removePackage(world.ctx({ storage }), { packageId: row.id });
    expect(keyWhenRemoved).toBeNull();
    expect(await world.db.package.findUniqueOrThrow({ where: { id: row.id } })).toMatchObject({ wrappedKey: null, removedAt: world.clock.now() });
    expect(await world.stored()).not.toContain(row.storageKey);
    await removePackage(world.ctx(), { packageId: row.id });
    expect((await world.audit(id)).filter((record) => record.event === "package_removed")).toHaveLength(1);
  });

  it("keeps its promise when the storage is away: unreadable now, removed later", async () => {
    const { row, id } = await ready();
    world.clock.set(row.expiresAt);
    await apply(world.ctx(), id, { type: "clock" });
    const copy = await readFile(join(world.folder, row.storageKey));
    const away = { ...world.storage, remove: () => Promise.reject(new Error("ECONNREFUSED")) };
    await expect(removePackage(world.ctx({ storage: away }), { packageId: row.id })).rejects.toMatchObject({ name: "RetryLater", failure: "storage_down" });
    expect(await world.db.package.findUniqueOrThrow({ where: { id: row.id } })).toMatchObject({ wrappedKey: null, removedAt: null });
    await removePackage(world.ctx(), { packageId: row.id });
    await writeFile(join(world.folder, row.storageKey), copy);
    await expect(world.storage.open({ ...row, bytes: Number(row.bytes), wrappedKey: "" })).rejects.toThrow("authentication");
  });

  it("leaves a package that is on offer alone, whoever asks", async () => {
    const { row, download } = await ready();
    await removePackage(world.ctx(), { packageId: row.id });
    expect((await bytesOf(await download())).length).toBe(Number(row.bytes));
  });
});
