import type { WorkerContext } from "#lib/context.ts";
import { type Claim, leaseMs } from "./claim.ts";

/** The run must end where it is, and that is no failure. */
export class Stopped extends Error {
  readonly why: "fence" | "state" | "frozen" | "held" | "early";
  constructor(why: Stopped["why"]) {
    super(`the erasure was stopped: ${why}`);
    this.name = "Stopped";
    this.why = why;
  }
}

const everyMs = 10_000;

/**
 * Keeps the lease while a step lasts. Our own database may be away for a while: the step goes on, and its next write
 * decides. @returns what ends it
 */
export function keepLease(ctx: Pick<WorkerContext, "db" | "now" | "log">, { requestId, fence }: Claim): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    const at = ctx.now();
    running = ctx.db.erasure
      .updateMany({ where: { requestId, fence }, data: { updatedAt: at, leaseUntil: new Date(at.getTime() + leaseMs) } })
      .catch((error: unknown) => ctx.log.warn("lease_tick_failed", { request: requestId, error: error instanceof Error ? error.name : "unknown" }));
  }, everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
