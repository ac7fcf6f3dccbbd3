import { fromPrisma, PgBoss, type ConstructorOptions, type JobWithMetadata } from "pg-boss";
import { GiveUp, RetryLater } from "#lib/errors.ts";
import type { Log } from "#lib/log.ts";
import type { Enqueue } from "./enqueue.ts";
import { failureOf, retryAfter } from "./failure.ts";
import { queues, type Payload, type QueueName } from "./queues.ts";

export type Handlers = { readonly [Q in QueueName]: (data: Payload<Q>) => Promise<void> };
/** What happens when a job is given up or has used up its tries: the row must say so. */
export type OnDead = (queue: QueueName, data: Readonly<Record<string, string>>, failure: string) => Promise<void>;

export interface Queue {
  readonly enqueue: Enqueue;
  /** Starts taking jobs; only for the role "worker". */
  work(handlers: Handlers, onDead: OnDead): Promise<void>;
  /** Takes nothing new, waits for what is under way (at most 30 s), disconnects. */
  stop(): Promise<void>;
}

const names = Object.keys(queues) as QueueName[];
const deadQueue = "dead";
/** A worker that dies is noticed after this long and its job goes to another. */
const heartbeatSeconds = 30;
const drainMs = 30_000;

/** Opens the queue in the portal's own database and makes sure that every queue exists. */
export async function openQueue(url: string, { role, log }: { role: "web" | "worker"; log: Log }): Promise<Queue> {
  const boss = new PgBoss(options(url, role));
  boss.on("error", (error) => log.error("queue_error", error));
  boss.on("warning", () => log.warn("queue_warning"));
  await boss.start();
  await createQueues(boss);

  return {
    async enqueue(tx, job) {
      const data = queues[job.queue].payload.parse(job.data);
      await boss.send(job.queue, data, {
        db: fromPrisma(tx),
        singletonKey: Object.values(data).join(":"),
        ...(job.afterSeconds === undefined ? {} : { startAfter: job.afterSeconds }),
      });
    },
    async work(handlers, onDead) {
      for (const name of names) await take(boss, name, queues[name].parallel, log, (job) => handle(name, handlers[name] as (data: unknown) => Promise<void>, job));
      await take(boss, deadQueue, 1, log, (job) => bury(job, onDead, log));
      for (const [name, queue] of Object.entries(queues)) if ("cron" in queue) await boss.schedule(name, queue.cron, {});
      // What came due while no worker ran is not made to wait for the next minute.
      await boss.send("sweep", {});
    },
    stop: () => boss.stop({ graceful: true, timeout: drainMs }),
  };
}

function options(url: string, role: "web" | "worker"): ConstructorOptions {
  const common = { connectionString: url, application_name: `portal ${role} queue`, connectionTimeoutMillis: 10_000 };
  // The web process only sends, through the caller's transaction: it watches over nothing.
  if (role === "web") return { ...common, max: 1, supervise: false, schedule: false };
  return { ...common, max: 5, useListenNotify: true, superviseIntervalSeconds: 10, monitorIntervalSeconds: 10, cronMonitorIntervalSeconds: 20 };
}

/** A click is felt at once: LISTEN/NOTIFY wakes the worker, and where that is not to be had it looks every second. */
const polling = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 };

async function createQueues(boss: PgBoss): Promise<void> {
  await boss.createQueue(deadQueue, { retryLimit: 20, retryDelay: 5, retryBackoff: true, retryDelayMax: 600, notify: true });
  for (const name of names) {
    const { retryLimit, seconds } = queues[name];
    const settings = { retryLimit, retryDelay: 2, retryBackoff: true, retryDelayMax: 600, expireInSeconds: seconds, heartbeatSeconds, deadLetter: deadQueue, notify: true };
    // Exclusive: one waiting or running job per id, so that the sweep may nudge as often as it likes.
    await boss.createQueue(name, { ...settings, policy: "exclusive" });
    await boss.updateQueue(name, settings);
  }
}

type Job = JobWithMetadata<Record<string, string>>;

async function take(boss: PgBoss, name: string, parallel: number, log: Log, act: (job: Job) => Promise<void>): Promise<void> {
  const settings = { includeMetadata: true, perJobResults: true, localConcurrency: parallel, ...polling } as const;
  await boss.work<Record<string, string>, unknown, typeof settings>(name, settings, async ([job]) => {
    if (!job) return [];
    const started = performance.now();
    try {
      await act(job);
      log.info("job_done", { queue: name, job: job.id, ms: Math.round(performance.now() - started) });
      return [{ id: job.id, status: "completed" as const }];
    } catch (error) {
      return [await settle(boss, name, job, error, log)];
    }
  });
}

async function handle(name: QueueName, handler: (data: unknown) => Promise<void>, job: Job): Promise<void> {
  const payload = queues[name].payload.safeParse(job.data);
  if (!payload.success) throw new GiveUp("job_unreadable");
  await handler(payload.data);
}

/** Only a failure's code is stored with the job: the words of others may hold personal data. */
async function settle(boss: PgBoss, name: string, job: Job, error: unknown, log: Log) {
  const output = { failure: failureOf(error) };
  const tried = job.retryCount + 1;
  const fields = { queue: name, job: job.id, tried, failure: output.failure };
  if (error instanceof RetryLater || error instanceof GiveUp) log.warn("job_failed", fields);
  else log.error("job_failed", error, fields);
  if (error instanceof GiveUp) return { id: job.id, status: "deadletter" as const, output };
  const after = retryAfter(error, tried);
  if (after === null) return { id: job.id, status: "failed" as const, output };
  // Failing first and moving the start after keeps the count of tries; a crash in between only means the usual delay.
  await boss.fail(name, { id: job.id, retryCount: job.retryCount }, output);
  await boss.update(name, undefined, { id: job.id, startAfter: after });
  return { id: job.id, status: "completed" as const };
}

async function bury(job: Job, onDead: OnDead, log: Log): Promise<void> {
  const queue = names.find((name) => name === job.sourceName);
  if (!queue) return;
  const output = job.sourceOutput as { failure?: unknown } | null;
  const failure = typeof output?.failure === "string" ? output.failure : "unexpected";
  log.warn("job_given_up", { queue, job: job.sourceId, failure });
  await onDead(queue, job.data, failure);
}
