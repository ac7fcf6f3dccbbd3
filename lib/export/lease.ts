import type { WorkerContext } from "#lib/context.ts";
import { type Claim, leaseMs } from "./claim.ts";
import type { Stage } from "./order.ts";

/** The build must end without a package, and that is no failure. */
export class Stopped extends Error {
  readonly why: "fence" | "state" | "frozen";
  constructor(why: Stopped["why"]) {
    super(`the build was stopped: ${why}`);
    this.name = "Stopped";
    this.why = why;
  }
}

export interface Lease {
  /** Aborted with Stopped when the build is not ours any more, or nobody wants it any more. */
  readonly signal: AbortSignal;
  progress(stage: Stage, done: number, total: number): void;
  stop(): Promise<void>;
}

const tickMs = 1000;
const renewEveryTicks = 4;

/**
 * Keeps the lease and writes the progress, at most once a second whatever happens. Our own database
 * may be away for a while: the build goes on, and publishing decides.
 */
export function keepLease(ctx: Pick<WorkerContext, "db" | "now" | "log">, claim: Claim): Lease {
  const stopper = new AbortController();
  let latest: { kind: Stage; done: number; total: number } | null = null;
  let ticks = 0;
  let running: Promise<void> = Promise.resolve();
  let busy = false;

  async function tick(): Promise<void> {
    ticks += 1;
    const renew = ticks % renewEveryTicks === 0;
    const changed = latest;
    if (!changed && !renew) return;
    latest = null;
    const at = ctx.now();
    const { requestId, fence } = claim;
    const { count } = await ctx.db.build.updateMany({
      where: { requestId, fence },
      data: { ...changed, updatedAt: at, ...(renew ? { leaseUntil: new Date(at.getTime() + leaseMs) } : {}) },
    });
    if (count !== 1) return stopper.abort(new Stopped("fence"));
    if (!renew) return;
    const request = await ctx.db.request.findUnique({ where: { id: requestId }, select: { state: true, frozenAt: true } });
    if (request?.state !== "running") return stopper.abort(new Stopped("state"));
    if (request.frozenAt) stopper.abort(new Stopped("frozen"));
  }

  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = tick()
      .catch((error: unknown) => ctx.log.warn("lease_tick_failed", { request: claim.requestId, error: error instanceof Error ? error.name : "unknown" }))
      .finally(() => {
        busy = false;
      });
  }, tickMs);

  return {
    signal: stopper.signal,
    progress: (kind, done, total) => {
      latest = { kind, done, total };
    },
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
