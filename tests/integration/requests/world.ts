import { afterAll, beforeAll } from "vitest";
import type { Actor, WebContext, WorkerContext } from "#lib/context.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { DomainError } from "#lib/errors.ts";
import { sweep } from "#lib/requests/sweep.ts";
import { testClock, testNow } from "#tests/fixtures/clock.ts";
import { jobRecorder, logRecorder, webContext, workerContext } from "#tests/fixtures/context.ts";
import { freshDb } from "#tests/fixtures/db.ts";

/** One database a file, one clock and one job recorder for whoever acts in it. */
export function openWorld() {
  let open: Awaited<ReturnType<typeof freshDb>> | undefined;
  const clock = testClock();
  const queue = jobRecorder();
  const log = logRecorder();
  const shared = { enqueue: queue.enqueue, now: clock.now, log };
  const db = (): PrismaClient => {
    if (!open) throw new Error("the world is not open yet");
    return open.db;
  };
  beforeAll(async () => {
    open = await freshDb();
  });
  afterAll(() => open?.drop());

  return {
    clock,
    queue,
    log,
    get db() {
      return db();
    },
    /** Of the database, for a process of its own. */
    get url() {
      return open?.url ?? "";
    },
    web: (actor: Actor, given: Partial<WebContext> = {}) => webContext(db(), { ...shared, ...given, actor }),
    worker: (given: Partial<WorkerContext> = {}) => workerContext(db(), { ...shared, ...given }),
    /** A sweep on a day when all clocks agree with the world's. */
    sweep: (worker: WorkerContext) => sweep(worker, () => Promise.resolve(clock.now())),
    /** Audit events of a request, oldest first. */
    async audit(requestId: string) {
      const rows = await db().auditRecord.findMany({ where: { requestId }, orderBy: { seq: "asc" } });
      return rows.map(({ event, actor, actorId, data }) => ({ event, actor, actorId, data }));
    },
    /** Back to the beginning of time, with nothing in the queue. */
    reset() {
      clock.set(testNow);
      queue.clear();
      log.lines.splice(0);
    },
  };
}

/** The refusal of a verb as "code reason"; anything else is thrown on. */
export async function refusal(act: Promise<unknown>): Promise<string | null> {
  try {
    await act;
    return null;
  } catch (error) {
    if (error instanceof DomainError) return `${error.code} ${error.reason}`;
    throw error;
  }
}

/** How often each outcome came up. */
export async function outcomes(acts: readonly Promise<unknown>[]): Promise<Record<string, number>> {
  const tally: Record<string, number> = {};
  for (const outcome of await Promise.all(acts.map(refusal))) tally[outcome ?? "done"] = (tally[outcome ?? "done"] ?? 0) + 1;
  return tally;
}
