import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readAnchors, writeAnchor } from "#lib/audit/anchor.ts";
import { appendAudit } from "#lib/audit/append.ts";
import { verifyAudit } from "#lib/audit/verify.ts";
import { freshDb } from "#tests/fixtures/db.ts";
import { testNow } from "#tests/fixtures/clock.ts";

let open: Awaited<ReturnType<typeof freshDb>>;
beforeAll(async () => {
  open = await freshDb();
});
afterAll(() => open.drop());

const append = (n: number) =>
  open.db.$transaction((tx) =>
    appendAudit(tx, { at: testNow, event: "built", actor: "worker", requestId: "0192f0c0-0000-7000-8000-000000000001", data: { b: n, a: "x", none: null } }),
  );

beforeEach(async () => {
  await open.db.auditRecord.deleteMany();
  await open.db.auditHead.deleteMany();
});

test("an empty chain is whole", async () => {
  expect(await verifyAudit(open.db)).toMatchObject({ ok: true, records: 0 });
});

test("parallel appends form one chain without a gap", async () => {
  await Promise.all(Array.from({ length: 40 }, (_, n) => append(n)));
  expect(await verifyAudit(open.db)).toMatchObject({ ok: true, records: 40, head: expect.stringMatching(/^[0-9a-f]{64}$/) });
  const seqs = (await open.db.auditRecord.findMany({ orderBy: { seq: "asc" } })).map(({ seq }) => Number(seq));
  expect(seqs).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
});

test("what is rolled back leaves no record and no hole", async () => {
  await append(1);
  await expect(
    open.db.$transaction(async (tx) => {
      await appendAudit(tx, { at: testNow, event: "approved", actor: "operator" });
      throw new Error("rolled back");
    }),
  ).rejects.toThrow("rolled back");
  await append(2);
  expect(await verifyAudit(open.db)).toMatchObject({ ok: true, records: 2 });
});

test.each([
  ["event", `UPDATE "AuditRecord" SET "event" = 'denied' WHERE "seq" = 3`],
  ["time", `UPDATE "AuditRecord" SET "at" = "at" + interval '1 millisecond' WHERE "seq" = 3`],
  ["actor", `UPDATE "AuditRecord" SET "actorId" = '0192f0c0-0000-7000-8000-000000000009' WHERE "seq" = 3`],
  ["request", `UPDATE "AuditRecord" SET "requestId" = NULL WHERE "seq" = 3`],
  ["data", `UPDATE "AuditRecord" SET "data" = jsonb_set("data", '{b}', '99') WHERE "seq" = 3`],
  ["hash", `UPDATE "AuditRecord" SET "hash" = repeat('a', 64) WHERE "seq" = 3`],
])("a changed %s is found", async (_what, sql) => {
  for (let n = 1; n <= 5; n += 1) await append(n);
  await open.db.$executeRawUnsafe(sql);
  expect(await verifyAudit(open.db)).toEqual({ ok: false, seq: 3, problem: "changed" });
});

test.each([
  ["first", 1],
  ["middle", 3],
  ["last", 5],
])("a missing %s record is found", async (_which, seq) => {
  for (let n = 1; n <= 5; n += 1) await append(n);
  await open.db.auditRecord.delete({ where: { seq } });
  expect(await verifyAudit(open.db)).toEqual({ ok: false, seq, problem: "missing" });
});

test("a chain written anew from the middle does not reach the head", async () => {
  for (let n = 1; n <= 3; n += 1) await append(n);
  const head = await open.db.auditHead.findUniqueOrThrow({ where: { id: 1 } });
  await open.db.auditRecord.delete({ where: { seq: 3 } });
  const second = await open.db.auditRecord.findUniqueOrThrow({ where: { seq: 2 } });
  await open.db.auditHead.update({ where: { id: 1 }, data: { seq: 2, hash: second.hash } });
  await append(99);
  await open.db.auditHead.update({ where: { id: 1 }, data: { seq: head.seq, hash: head.hash } });
  expect(await verifyAudit(open.db)).toEqual({ ok: false, seq: 3, problem: "changed" });
});

describe("anchors outside the database", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "anchors-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const file = () => path.join(folder, "in", "anchors.ndjson");
  const anchor = () => writeAnchor({ db: open.db, now: () => testNow, anchorFile: file() });
  const verdict = async () => await verifyAudit(open.db, await readAnchors(file()));

  test("note where the chain ends, once for each end, and none for an empty chain", async () => {
    expect(await anchor()).toBeNull();
    await append(1);
    expect(await anchor()).toMatchObject({ at: testNow.toISOString(), seq: 1 });
    expect(await anchor()).toBeNull();
    await append(2);
    await anchor();
    expect((await readAnchors(file())).map(({ seq }) => seq)).toEqual([1, 2]);
    expect(await verdict()).toMatchObject({ ok: true, records: 2, anchors: 2 });
  });

  test("find a chain that was written anew, head and all", async () => {
    for (let n = 1; n <= 3; n += 1) await append(n);
    await anchor();
    await open.db.auditRecord.deleteMany();
    await open.db.auditHead.deleteMany();
    for (let n = 1; n <= 5; n += 1) await append(n === 2 ? 99 : n);
    expect(await verifyAudit(open.db)).toMatchObject({ ok: true, records: 5 });
    expect(await verdict()).toEqual({ ok: false, seq: 3, problem: "anchor" });
  });

  test("find an end that was cut off, head and all", async () => {
    for (let n = 1; n <= 3; n += 1) await append(n);
    await anchor();
    await open.db.auditRecord.deleteMany();
    await open.db.auditHead.deleteMany();
    await append(1);
    expect(await verdict()).toEqual({ ok: false, seq: 3, problem: "missing" });
  });

  test("outlive a line that a crash cut short", async () => {
    await append(1);
    await anchor();
    await appendFile(file(), '{"at":"2026-11-2');
    await append(2);
    await anchor();
    expect((await readAnchors(file())).map(({ seq }) => seq)).toEqual([1, 2]);
  });
});
