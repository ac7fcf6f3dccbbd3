import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { WorkerContext } from "#lib/context.ts";
import { verifyAudit } from "#lib/audit/verify.ts";
import { createDb } from "#lib/db/client.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { migrate } from "#lib/db/migrate.ts";
import { buildExport, type BuildOptions } from "#lib/export/build.ts";
import { leaseMs } from "#lib/export/claim.ts";
import { openQueue, type Queue } from "#lib/jobs/boss.ts";
import { openLeakGate } from "#lib/leak-gate/run.ts";
import { openStorage } from "#lib/storage/open.ts";
import { givenUp } from "#lib/worker/given-up.ts";
import { handlers } from "#lib/worker/handlers.ts";
import { fakeHomeserver } from "#tests/fakes/homeserver.ts";
import { fakeMailer } from "#tests/fakes/mailer.ts";
import { logRecorder, workerContext } from "#tests/fixtures/context.ts";
import { emptySynapseDb, fakeEvents } from "#tests/fixtures/package.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { unzip } from "#tests/fixtures/unzip.ts";
import { startPostgres, type Postgres } from "#tests/harness/postgres.ts";

// K09: the portal's own PostgreSQL goes away while a package is built, and comes back.
let postgres: Postgres;
let url: string;
let folder: string;
let db: PrismaClient;
let queue: Queue;
let ctx: WorkerContext;
let ahead = 0;
/** What the build under test does at its steps; a build after the outage meets nothing. */
let build: BuildOptions = {};
const homeserver = fakeHomeserver();
const mailer = fakeMailer();
const log = logRecorder();
const unhandled: unknown[] = [];
const note = (error: unknown) => void unhandled.push(error);
const awayMs = 2_500;

beforeAll(async () => {
  process.on("unhandledRejection", note);
  [postgres, folder] = [await startPostgres(), await mkdtemp(path.join(tmpdir(), "away-"))];
  url = await postgres.createDatabase("portal");
  await migrate(url);
  db = createDb(url);
  queue = await openQueue(url, { role: "worker", log });
  const place = { place: { type: "disk" as const, folder }, key: randomBytes(32) };
  const [storage, leakGate] = [openStorage(place), openLeakGate(place)];
  const renderPdf = async () => Buffer.from("%PDF-");
  const now = () => new Date(Date.now() + ahead);
  ctx = workerContext(db, { enqueue: (tx, job) => queue.enqueue(tx, job), homeserver, mailer, storage, leakGate, synapseDb: emptySynapseDb, renderPdf, log, now });
  await queue.work({ ...handlers(ctx), "export.build": (data) => buildExport(ctx, data, build) }, givenUp(ctx));
});
afterAll(async () => {
  await queue.stop();
  await db.$disconnect();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
  process.off("unhandledRejection", note);
});

const lines = 24;
const kind = (before: (row: number) => void | Promise<void> = () => undefined) => fakeEvents(Array.from({ length: lines }, (_, at) => `message ${at}`), before);

/** Once: PostgreSQL ends, stays away and starts again; `back` says when it answers. */
function outage() {
  let back: Promise<void> | null = null;
  return { begin: () => (back ??= postgres.restart(awayMs)), ended: async () => await back };
}

async function ask<T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return (await client.query<T>(text, values)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function orderOne(): Promise<string> {
  const person = await makePerson(db, { at: ctx.now(), hasMail: true });
  homeserver.addAccount(person.mxid, { displayName: "Anna", mails: ["anna@example.org"] });
  const { id } = await makeRequest(db, person.personId, { state: "running", wakeAt: new Date(Date.now() + 86_400_000 * 20) });
  await db.$transaction((tx) => queue.enqueue(tx, { queue: "export.build", data: { requestId: id } }));
  return id;
}

/** After the outage nobody waits out a missed heartbeat or a lease: both are long past. */
async function timePasses(): Promise<void> {
  ahead += leaseMs + 1;
  await ask("UPDATE pgboss.job SET heartbeat_on = now() - interval '1 hour' WHERE state = 'active'");
}

async function readyInTheEnd(id: string): Promise<void> {
  await vi.waitFor(async () => expect(await ask("SELECT state FROM \"Request\" WHERE id = $1", [id])).toEqual([{ state: "ready" }]), { timeout: 60_000, interval: 200 });
  const letters = () => ask<{ channel: string; state: string }>("SELECT channel::text, state::text FROM \"Letter\" WHERE \"requestId\" = $1 AND name = 'ready' ORDER BY channel::text", [id]);
  await vi.waitFor(async () => expect(await letters()).toEqual([{ channel: "mail", state: "sent" }, { channel: "notice", state: "sent" }]), { timeout: 60_000, interval: 200 });
}

/** One package that opens; letters, audit and bytes once. */
async function exactlyOnce(id: string): Promise<void> {
  const [found, ...more] = await db.package.findMany({ where: { requestId: id } });
  expect(more).toEqual([]);
  const sealed = { storageKey: found?.storageKey ?? "", wrappedKey: found?.wrappedKey ?? "", bytes: Number(found?.bytes) };
  const files = await unzip(Buffer.concat((await (await ctx.storage.open(sealed)).toArray()) as Buffer[]));
  const messages = [...files].find(([name]) => name.endsWith("data/messages.ndjson"))?.[1];
  expect(messages?.content.toString().trim().split("\n")).toHaveLength(lines);
  const audit = await db.auditRecord.findMany({ where: { requestId: id }, orderBy: { seq: "asc" } });
  expect(audit.filter((record) => record.event === "built")).toHaveLength(1);
  expect(await verifyAudit(db)).toMatchObject({ ok: true });
  const letter = await db.letter.findFirstOrThrow({ where: { requestId: id, name: "ready", channel: "mail" } });
  expect(mailer.sent.filter((mail) => mail.messageId.startsWith(`<${letter.id}`))).toHaveLength(1);
  expect(log.lines.filter((line) => JSON.stringify(line).includes("postgres://"))).toEqual([]);
  expect(unhandled).toEqual([]);
  // What a try left behind that could not ask the database belongs to nobody; the sweep of orphans takes it (kill.test.ts).
  const bytes = (await readdir(folder)).filter((name) => name.startsWith(id));
  expect(bytes).toContain(found?.storageKey);
}

describe("the portal's own database goes away", () => {
  it("while lines are read, and is back before the end: the build never notices more than a missed tick", async () => {
    const away = outage();
    build = { kinds: [kind(async (row) => {
      if (row === 3) void away.begin();
      await pause(row < 20 ? 150 : 0);
    })], step: async (step) => { if (step === "written") await away.ended(); } };
    const id = await orderOne();
    await readyInTheEnd(id);
    await exactlyOnce(id);
    expect(await db.build.findUniqueOrThrow({ where: { requestId: id } })).toMatchObject({ fence: 1, attempts: 1 });
  }, 120_000);

  it.each(["claimed", "publishing"] as const)("at %s, and the build goes on without it: the next one publishes", async (moment) => {
    const away = outage();
    const quick = { kinds: [kind()] };
    build = { ...quick, step: async (step) => {
      if (step !== moment) return;
      build = quick;
      void away.begin();
      await pause(400);
    } };
    const id = await orderOne();
    await vi.waitFor(() => expect(build).toBe(quick), { timeout: 20_000 });
    await away.ended();
    await timePasses();
    await readyInTheEnd(id);
    await exactlyOnce(id);
  }, 120_000);

  it("inside the transaction that publishes: all of it or nothing", async () => {
    const away = outage();
    const before = ctx.enqueue;
    let begun = false;
    build = { kinds: [kind()] };
    Object.assign(ctx, { enqueue: async (...given: Parameters<typeof before>) => {
      await before(...given);
      if (begun || given[1].queue !== "letter.send") return;
      begun = true;
      void away.begin();
      await pause(600);
    } });
    const id = await orderOne();
    await vi.waitFor(() => expect(begun).toBe(true), { timeout: 20_000 });
    await away.ended();
    await timePasses();
    await readyInTheEnd(id);
    await exactlyOnce(id);
    expect(await db.build.findUniqueOrThrow({ where: { requestId: id } })).toMatchObject({ fence: 2 });
  }, 120_000);

  it("after the package was published and before its job could be closed: the repeat does nothing", async () => {
    const away = outage();
    build = { kinds: [kind()], step: async (step) => {
      if (step !== "published") return;
      void away.begin();
      await pause(400);
    } };
    const id = await orderOne();
    await vi.waitFor(() => expect(log.lines.some((line) => line.event === "package_built" && line.fields.request === id)).toBe(true), { timeout: 20_000 });
    await away.ended();
    await timePasses();
    await vi.waitFor(async () => expect(await ask("SELECT FROM pgboss.job WHERE name = 'export.build' AND state IN ('active', 'created', 'retry')")).toEqual([]), { timeout: 60_000, interval: 200 });
    await readyInTheEnd(id);
    await exactlyOnce(id);
    expect(await db.build.findUniqueOrThrow({ where: { requestId: id } })).toMatchObject({ fence: 1, attempts: 1 });
  }, 120_000);
});
