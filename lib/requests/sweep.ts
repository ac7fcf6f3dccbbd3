import type { WorkerContext } from "#lib/context.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { DomainError } from "#lib/errors.ts";
import { apply } from "./apply.ts";
import { beat } from "./heartbeat.ts";
import { nudge } from "./nudge.ts";
import { purge } from "./purge.ts";
import { minute } from "./timing.ts";

export type SweepContext = Pick<WorkerContext, "db" | "enqueue" | "policy" | "now" | "log">;

const batch = 100;
/** More than this between our clock and the database's, and one of them is wrong. */
const mostSkew = 5 * minute;

/** A clock besides our own. */
export type OtherClock = (db: PrismaClient) => Promise<Date>;

/**
 * What time does: rows whose `wakeAt` has come get the event `clock`; jobs that were lost are enqueued again;
 * what has been kept long enough is purged. Any number of workers may sweep at once. Where our clock and the
 * database's disagree nothing happens at all: a jump of a year must not expire and purge everything.
 */
export async function sweep(ctx: SweepContext, otherClock: OtherClock = databaseClock): Promise<void> {
  const skew = Math.abs((await otherClock(ctx.db)).getTime() - ctx.now().getTime());
  if (skew > mostSkew) {
    ctx.log.warn("clocks_disagree", { seconds: Math.round(skew / 1000) });
    return;
  }
  await beat(ctx);
  const woken = await wake(ctx);
  const nudged = await nudge(ctx);
  await purge(ctx);
  if (woken + nudged > 0) ctx.log.info("swept", { woken, nudged });
}

async function databaseClock(db: PrismaClient): Promise<Date> {
  const [row] = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  if (!row) throw new Error("the database has no clock");
  return row.now;
}

/** One row that cannot be moved must not keep the others waiting: it is logged and passed over. */
async function wake(ctx: SweepContext): Promise<number> {
  const now = ctx.now();
  let woken = 0;
  for (let after: string | null = null; ; ) {
    const due: { id: string }[] = await ctx.db.request.findMany({
      where: { wakeAt: { lte: now }, ...(after ? { id: { gt: after } } : {}) },
      select: { id: true },
      orderBy: { id: "asc" },
      take: batch,
    });
    for (const { id } of due) {
      try {
        await apply(ctx, id, { type: "clock" });
        woken += 1;
      } catch (error) {
        // Another worker, or the person, was faster: nothing is left to do.
        if (!(error instanceof DomainError)) ctx.log.error("sweep_failed", error, { request: id });
      }
    }
    after = due.at(-1)?.id ?? null;
    if (due.length < batch) return woken;
  }
}
