import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { createDb } from "#lib/db/client.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { migrate } from "#lib/db/migrate.ts";
import { openQueue, type Handlers, type Queue } from "#lib/jobs/boss.ts";
import { queues } from "#lib/jobs/queues.ts";
import { logRecorder } from "#tests/fixtures/context.ts";
import { startPostgres, type Postgres } from "#tests/harness/postgres.ts";

let postgres: Postgres;
let db: PrismaClient;
let web: Queue;
let worker: Queue;
const done: string[] = [];
const log = logRecorder();

beforeAll(async () => {
  postgres = await startPostgres();
  const url = await postgres.createDatabase("portal");
  await migrate(url);
  db = createDb(url);
  [web, worker] = [await openQueue(url, { role: "web", log }), await openQueue(url, { role: "worker", log })];
  const nothing = Object.fromEntries(Object.keys(queues).map((name) => [name, () => Promise.resolve()])) as unknown as Handlers;
  await worker.work({ ...nothing, "letter.send": ({ letterId }) => Promise.resolve(void done.push(letterId)) }, () => Promise.resolve());
});
afterAll(async () => {
  await Promise.all([web.stop(), worker.stop()]);
  await db.$disconnect();
  await postgres.stop();
});

const ids = ["019aa000-0000-7000-8000-000000000001", "019aa000-0000-7000-8000-000000000002"] as const;
const enqueue = (letterId: string) => db.$transaction((tx) => web.enqueue(tx, { queue: "letter.send", data: { letterId } }));
const until = (check: () => Promise<void> | void) => vi.waitFor(check, { timeout: 25_000, interval: 200 });

it("goes on by itself after its database was restarted, and loses no job that was accepted", async () => {
  await enqueue(ids[0]);
  await until(() => expect(done).toEqual([ids[0]]));
  const waiting = db.$transaction((tx) => web.enqueue(tx, { queue: "letter.send", data: { letterId: ids[1] }, afterSeconds: 2 }));
  await waiting;
  await postgres.restart();
  await until(() => expect(done).toContain(ids[1]));
  const fresh = "019aa000-0000-7000-8000-000000000003";
  await until(() => enqueue(fresh));
  await until(() => expect(done).toContain(fresh));
  expect(JSON.stringify(log.lines.filter((line) => line.level !== "info"))).not.toContain("postgres://");
}, 60_000);
