import type { WorkerContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { apply } from "./apply.ts";
import { nudge } from "./nudge.ts";
import { purge } from "./purge.ts";

export type SweepContext = Pick<WorkerContext, "db" | "enqueue" | "policy" | "now" | "log">;

const batch = 100;

/**
 * What time does: rows whose `wakeAt` has come get the event `clock`; jobs that were lost are enqueued again;
 * what has been kept long enough is purged. Any number of workers may sweep at once.
 */
export async function sweep(ctx: SweepContext): Promise<void> {
  const woken = await wake(ctx);
  const nudged = await nudge(ctx);
  await purge(ctx);
  if (woken + nudged > 0) ctx.log.info("swept", { woken, nudged });
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
