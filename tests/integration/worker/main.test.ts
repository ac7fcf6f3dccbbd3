import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { openQueue, type Queue } from "#lib/jobs/boss.ts";
import { startFaultyServer, json, type FaultyServer, type Reply } from "#tests/fakes/faulty-server.ts";
import { startSmtp, type FakeSmtp } from "#tests/fakes/smtp.ts";
import { logRecorder } from "#tests/fixtures/context.ts";
import { freshDb } from "#tests/fixtures/db.ts";
import { goodWorkerEnv } from "#tests/fixtures/env.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { launchOf } from "#tests/harness/worker-process.ts";

interface Worker {
  readonly child: ChildProcessWithoutNullStreams;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

let db: PrismaClient;
let url: string;
let drop: () => Promise<void>;
let web: Queue;
let sql: pg.Client;
let homeserver: FaultyServer;
let smtp: FakeSmtp;
const running: Worker[] = [];

beforeAll(async () => {
  ({ db, url, drop } = await freshDb());
  [homeserver, smtp] = [await startFaultyServer(), await startSmtp()];
  web = await openQueue(url, { role: "web", log: logRecorder() });
  sql = new pg.Client({ connectionString: url });
  await sql.connect();
});
afterEach(async () => {
  for (const worker of running.splice(0)) {
    worker.child.kill("SIGKILL");
    await worker.ended;
  }
});
afterAll(async () => {
  await web.stop();
  await sql.end();
  await Promise.all([homeserver.stop(), smtp.stop()]);
  await drop();
});

/** `npm run worker` as its own process. */
function startWorker(env: Readonly<Record<string, string>> = {}): Worker {
  const launch = launchOf("worker");
  const places = { DATABASE_URL: url, SYNAPSE_DATABASE_URL: "postgres://127.0.0.1:9/synapse", HOMESERVER_URL: homeserver.url, SMTP_URL: smtp.url, PATH: process.env.PATH ?? "" };
  const child = spawn(process.execPath, launch.args, { env: { ...launch.env, ...goodWorkerEnv, ...places, LOG_LEVEL: "trace", ...env } as Partial<NodeJS.ProcessEnv> as NodeJS.ProcessEnv });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  const worker = { child, output: () => output, ended: new Promise<number | null>((resolve) => child.on("close", resolve)) };
  running.push(worker);
  return worker;
}
const started = (worker: Worker) => until(() => expect(worker.output()).toContain("worker_started"));
const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 25_000, interval: 50 });

/** Answers for every account, with a name and an address that must not be seen anywhere else. */
const anyAccount: Reply = (request, response) => {
  const name = decodeURIComponent(request.url?.split("/").at(-1) ?? "");
  json(200, { name, displayname: "Canary Name", threepids: [{ medium: "email", address: "canary@example.org", validated_at: 1, added_at: 1 }], creation_ts: 1 })(request, response);
};

async function orderLetters(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    // Of today: a worker that starts deletes who has been there longer and has neither a session nor a request.
    const person = await makePerson(db, { mxid: `@canary-${n}-${Date.now()}:example.org`, at: new Date() });
    const { id: requestId } = await makeRequest(db, person.personId);
    ids.push(
      await db.$transaction(async (tx) => {
        const { id } = await tx.letter.create({ data: { requestId, name: "approved", channel: "mail", createdAt: new Date() } });
        await web.enqueue(tx, { queue: "letter.send", data: { letterId: id } });
        return id;
      }),
    );
  }
  return ids;
}
const states = async (ids: string[]) => (await db.letter.findMany({ where: { id: { in: ids } } })).map((letter) => letter.state);

describe("the worker", () => {
  it("takes jobs, two side by side, each letter once, and ends when told to, with nothing personal in its output", async () => {
    homeserver.script(anyAccount);
    const workers = [startWorker(), startWorker()];
    await Promise.all(workers.map(started));
    const ids = await orderLetters(12);
    await until(async () => expect(await states(ids)).toEqual(ids.map(() => "sent")));
    expect(smtp.received).toHaveLength(12);
    expect(new Set(smtp.received.map(({ mail }) => mail.messageId)).size).toBe(12);

    for (const worker of workers) worker.child.kill("SIGTERM");
    expect(await Promise.all(workers.map((worker) => worker.ended))).toEqual([0, 0]);
    for (const worker of workers) {
      const lines = worker.output().trim().split("\n");
      expect(lines.map((line) => JSON.parse(line) as { event: string }).map((line) => line.event)).toEqual(expect.arrayContaining(["worker_started", "worker_stopping", "worker_stopped"]));
      expect(worker.output()).not.toMatch(/canary|example\.org/i);
    }
    const { rows } = await sql.query("SELECT data, output FROM pgboss.job");
    expect(JSON.stringify(rows)).not.toMatch(/canary|example\.org/i);
  });

  it("finishes the letter in hand before it ends", async () => {
    homeserver.script((request, response) => void setTimeout(() => anyAccount(request, response), 800));
    const worker = startWorker();
    await started(worker);
    const before = homeserver.requests.length;
    const ids = await orderLetters(1);
    await until(() => expect(homeserver.requests.length).toBeGreaterThan(before));
    worker.child.kill("SIGTERM");
    expect(await worker.ended).toBe(0);
    expect(await states(ids)).toEqual(["sent"]);
  });

  it("leaves its job to another when it is killed, and the letter goes out once", async () => {
    homeserver.script(() => undefined, anyAccount);
    const first = startWorker();
    await started(first);
    const before = homeserver.requests.length;
    const received = smtp.received.length;
    const ids = await orderLetters(1);
    await until(() => expect(homeserver.requests.length).toBeGreaterThan(before));
    first.child.kill("SIGKILL");
    await first.ended;
    // Instead of waiting out the missed heartbeat.
    await sql.query("UPDATE pgboss.job SET heartbeat_on = now() - interval '1 hour' WHERE state = 'active'");
    await started(startWorker());
    await until(async () => expect(await states(ids)).toEqual(["sent"]));
    expect(smtp.received.length - received).toBe(1);
  });

  it("says in words what keeps it from starting", async () => {
    const worker = startWorker({ HOMESERVER_ADMIN_TOKEN: "", OPERATORS: "@a:elsewhere.org" });
    expect(await worker.ended).toBe(1);
    expect(worker.output()).toMatch(/^2 settings need attention[^]*HOMESERVER_ADMIN_TOKEN is not set[^]*OPERATORS holds a Matrix ID of another server/);
  });
});
