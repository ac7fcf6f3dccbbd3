import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { GiveUp, RetryLater } from "#lib/errors.ts";
import { openQueue, type Handlers, type Queue } from "#lib/jobs/boss.ts";
import { queues, type QueueName } from "#lib/jobs/queues.ts";
import { createLog } from "#lib/log.ts";
import { logRecorder } from "#tests/fixtures/context.ts";
import { freshDb } from "#tests/fixtures/db.ts";

let db: PrismaClient;
let url: string;
let drop: () => Promise<void>;
let web: Queue;
let sql: pg.Client;
const workers: Queue[] = [];

beforeAll(async () => {
  ({ db, url, drop } = await freshDb());
  web = await openQueue(url, { role: "web", log: logRecorder() });
  sql = new pg.Client({ connectionString: url });
  await sql.connect();
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});
afterAll(async () => {
  await web.stop();
  await sql.end();
  await drop();
});

type Dead = { queue: QueueName; data: Readonly<Record<string, string>>; failure: string };

async function startWorker(handlers: Partial<Handlers>, log = logRecorder() as Parameters<typeof openQueue>[1]["log"]): Promise<Dead[]> {
  const dead: Dead[] = [];
  const nothing = Object.fromEntries(Object.keys(queues).map((name) => [name, () => Promise.resolve()])) as unknown as Handlers;
  const worker = await openQueue(url, { role: "worker", log });
  workers.push(worker);
  await worker.work({ ...nothing, ...handlers }, (queue, data, failure) => Promise.resolve(void dead.push({ queue, data, failure })));
  return dead;
}

const enqueue = (job: Parameters<Queue["enqueue"]>[1]) => db.$transaction((tx) => web.enqueue(tx, job));
const jobs = async (id: string) => (await sql.query<Record<string, unknown>>("SELECT name, state, data, output, start_after - now() AS wait, retry_count FROM pgboss.job WHERE data::text LIKE $1", [`%${id}%`])).rows;
const until = (check: () => void | Promise<void>, timeout = 15_000) => vi.waitFor(check, { timeout, interval: 25 });

describe("the queue", () => {
  it("feels a click at once, not at the next look", async () => {
    let arrived = 0;
    await startWorker({ "account.read": () => Promise.resolve(void (arrived = performance.now())) });
    const waits: number[] = [];
    for (let n = 0; n < 5; n += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      const clicked = performance.now();
      await enqueue({ queue: "account.read", data: { sessionId: randomUUID() } });
      await until(() => expect(arrived).toBeGreaterThan(clicked));
      waits.push(arrived - clicked);
    }
    // Looking every second would make the middle one about 800 ms.
    expect(waits.sort((a, b) => a - b)[2]).toBeLessThan(400);
  });

  it("forgets a job whose transaction is rolled back", async () => {
    const sessionId = randomUUID();
    const rolledBack = db.$transaction(async (tx) => {
      await web.enqueue(tx, { queue: "account.read", data: { sessionId } });
      throw new Error("rolled back");
    });
    await expect(rolledBack).rejects.toThrow("rolled back");
    expect(await jobs(sessionId)).toEqual([]);
  });

  it("takes no payload of another shape, and nothing beside the ids", async () => {
    await expect(enqueue({ queue: "letter.send", data: { letterId: "@ada:test.example" } })).rejects.toThrow();
    const letterId = randomUUID();
    await enqueue({ queue: "letter.send", data: { letterId, mail: "ada@example.org" } as { letterId: string } });
    expect((await jobs(letterId)).map((job) => job.data)).toEqual([{ letterId }]);
  });

  it("gives up a job that was written in another shape", async () => {
    const dead = await startWorker({});
    await sql.query("INSERT INTO pgboss.job (name, data, dead_letter, retry_limit, retry_backoff, policy, expire_seconds, deletion_seconds) VALUES ('code.send', '{\"codeId\":\"x\"}', 'dead', 5, true, 'exclusive', 60, 60)");
    await until(() => expect(dead).toEqual([{ queue: "code.send", data: { codeId: "x" }, failure: "job_unreadable" }]));
  });

  it("keeps one waiting job an id, however often it is nudged", async () => {
    const requestId = randomUUID();
    for (let n = 0; n < 3; n += 1) await enqueue({ queue: "request.count", data: { requestId } });
    await Promise.all([1, 2, 3].map(() => enqueue({ queue: "request.count", data: { requestId } })));
    expect(await jobs(requestId)).toHaveLength(1);
  });

  it("waits as long as it was told to before the first try", async () => {
    const requestId = randomUUID();
    await enqueue({ queue: "request.count", data: { requestId }, afterSeconds: 600 });
    const [job] = await jobs(requestId);
    expect(job?.wait).toMatchObject({ minutes: 9 });
  });

  it("tries again later, pausing as long as the other side asked for, but an hour at most", async () => {
    const tried: string[] = [];
    const ids = [randomUUID(), randomUUID(), randomUUID()] as const;
    const after: Record<string, number | null> = { [ids[0]]: 3600 * 24, [ids[1]]: 600, [ids[2]]: 0 };
    await startWorker({
      "package.remove": ({ packageId }) => {
        tried.push(packageId);
        throw new RetryLater("storage_down", { afterSeconds: after[packageId] ?? null });
      },
    });
    for (const packageId of ids) await enqueue({ queue: "package.remove", data: { packageId } });
    const waits = async () => {
      const rows = [await jobs(ids[0]), await jobs(ids[1])];
      return rows.map((of) => of.map(({ state, wait, output }) => [state, Math.round(seconds(wait)), output]));
    };
    await until(async () => {
      expect(await waits()).toEqual([[["retry", expect.closeTo(3600, -1), { failure: "storage_down" }]], [["retry", expect.closeTo(600, -1), { failure: "storage_down" }]]]);
    });
    // A pause of nothing is no hot loop.
    expect(tried.filter((id) => id === ids[2]).length).toBeLessThanOrEqual(2);
  });

  it("does what is given up once, without another try", async () => {
    let tries = 0;
    const requestId = randomUUID();
    const dead = await startWorker({
      "export.build": () => {
        tries += 1;
        throw new GiveUp("mismatch");
      },
    });
    await enqueue({ queue: "export.build", data: { requestId } });
    await until(() => expect(dead).toEqual([{ queue: "export.build", data: { requestId }, failure: "mismatch" }]));
    expect(tries).toBe(1);
  });

  it("tries a failure that is a bug again, and gives up after the last try", async () => {
    const sessionId = randomUUID();
    const dead = await startWorker({ "account.read": () => Promise.reject(new TypeError("a bug")) });
    await enqueue({ queue: "account.read", data: { sessionId } });
    await until(async () => {
      // Instead of waiting out the backoff of five tries.
      await sql.query("UPDATE pgboss.job SET start_after = now(), retry_limit = 2 WHERE state = 'retry'");
      expect(dead).toEqual([{ queue: "account.read", data: { sessionId }, failure: "unexpected" }]);
    });
    expect((await jobs(sessionId)).find((job) => job.name === "account.read")?.retry_count).toBe(2);
  });

  it("gives each job to one of several workers", async () => {
    const done: string[] = [];
    const note: Partial<Handlers> = { "letter.send": ({ letterId }) => Promise.resolve(void done.push(letterId)) };
    await Promise.all([startWorker(note), startWorker(note), startWorker(note)]);
    const ids: string[] = Array.from({ length: 40 }, () => randomUUID());
    await Promise.all(ids.map((letterId) => enqueue({ queue: "letter.send", data: { letterId } })));
    await until(() => expect(done.filter((id) => ids.includes(id)).sort()).toEqual([...ids].sort()));
  });

  it("waits for what is under way before it stops", async () => {
    let finished = false;
    let began = false;
    await startWorker({
      "code.send": async () => {
        began = true;
        await new Promise((resolve) => setTimeout(resolve, 700));
        finished = true;
      },
    });
    const codeId = randomUUID();
    await enqueue({ queue: "code.send", data: { codeId } });
    await until(() => expect(began).toBe(true));
    await workers.pop()?.stop();
    expect(finished).toBe(true);
    expect((await jobs(codeId)).map((job) => job.state)).toEqual(["completed"]);
  });

  it("writes nothing personal into its log or the table of jobs", async () => {
    const canary = "@canary-ada:test.example canary@mail.example";
    const lines: string[] = [];
    const log = createLog("worker", "trace", { write: (line) => void lines.push(line) });
    const error = Object.assign(new Error(`${canary} /lib/${canary}`, { cause: new Error(canary) }), { detail: canary });
    const ids = [randomUUID(), randomUUID(), randomUUID()] as const;
    const thrown: Record<string, unknown> = { [ids[0]]: error, [ids[1]]: new GiveUp("mismatch", { cause: error }), [ids[2]]: new RetryLater("storage_down", { cause: error, afterSeconds: 60 }) };
    await startWorker({ "package.remove": ({ packageId }) => Promise.reject(thrown[packageId] as Error) }, log);
    for (const packageId of ids) await enqueue({ queue: "package.remove", data: { packageId } });
    await until(() => expect(lines.filter((line) => line.includes("job_failed"))).toHaveLength(3));
    const rows = [await jobs(ids[0]), await jobs(ids[1]), await jobs(ids[2])];
    expect(JSON.stringify([lines, rows])).not.toMatch(/canary/i);
    expect(lines.join("")).toContain("job_failed");
  });

  it("makes the time-driven jobs by itself", async () => {
    await startWorker({});
    const { rows } = await sql.query("SELECT name, cron, data FROM pgboss.schedule ORDER BY name");
    expect(rows).toEqual([{ name: "audit.anchor", cron: "5 0 * * *", data: {} }, { name: "consent.compare", cron: "41 2 * * *", data: {} }, { name: "erasure.drift", cron: "23 3 * * *", data: {} }, { name: "report.month", cron: "30 4 1-3 * *", data: {} }, { name: "storage.sweep", cron: "17 * * * *", data: {} }, { name: "sweep", cron: "* * * * *", data: {} }, { name: "synapse.watch", cron: "*/10 * * * *", data: {} }]);
    await until(async () => expect((await sql.query("SELECT 1 FROM pgboss.job WHERE name = 'sweep' AND state = 'completed'")).rowCount).toBeGreaterThan(0));
  });
});

function seconds(interval: unknown): number {
  const { hours = 0, minutes = 0, seconds: rest = 0 } = interval as { hours?: number; minutes?: number; seconds?: number };
  return hours * 3600 + minutes * 60 + rest;
}
