import { appendAudit } from "#lib/audit/append.ts";
import type { WorkerContext } from "#lib/context.ts";
import { day, minute } from "./timing.ts";
import { inTransaction } from "./transaction.ts";

export type BeatContext = Pick<WorkerContext, "db" | "now" | "log">;

/** More than a night between two sweeps, or a step back, and the time that passed was observed by nobody. */
const mostGap = day + 60 * minute;
const mostBack = 5 * minute;
const rest = day;

/**
 * What the worker saw of time itself. Our clock and the database's may both be set wrong, by the same hand: after a jump that
 * no sweep lived through, no grace ends for a day (inv. I3, T02), and people can see on the desk why.
 */
export async function beat(ctx: BeatContext): Promise<void> {
  const now = ctx.now();
  await inTransaction(ctx.db, async (tx) => {
    const last = await tx.heartbeat.findUnique({ where: { id: 1 } });
    const passed = last ? now.getTime() - last.at.getTime() : 0;
    const jumped = passed > mostGap || passed < -mostBack;
    const restUntil = jumped ? new Date(now.getTime() + rest) : (last?.restUntil ?? null);
    await tx.heartbeat.upsert({ where: { id: 1 }, create: { id: 1, at: now, restUntil }, update: { at: now, restUntil } });
    if (!jumped) return;
    ctx.log.warn("clock_gap", { hours: Math.round(passed / (60 * minute)) });
    await appendAudit(tx, { at: now, event: "clock_gap", actor: "clock", data: { minutes: Math.round(passed / minute) } });
  });
}
