import { setTimeout as sleep } from "node:timers/promises";
import type { WorkerContext } from "#lib/context.ts";
import type { ErasureStep } from "#lib/db/generated/client.ts";
import { GiveUp, RetryLater } from "#lib/errors.ts";
import { type Claim, claimErasure, releaseErasure } from "./claim.ts";
import { endErasure, failErasure } from "./end.ts";
import type { Eyes } from "./eyes.ts";
import { asRunError } from "./failures.ts";
import { conclude, databaseClock, intend, type OtherClock, postpone } from "./gate.ts";
import { keepLease, Stopped } from "./lease.ts";
import { openEyes } from "./open-eyes.ts";
import { openRun } from "./request-run.ts";
import type { Step, StepContext } from "./step.ts";
import type { RequestRun } from "./request-run.ts";
import { steps } from "./steps/all.ts";

export type RunContext = StepContext & Pick<WorkerContext, "log">;

/** What a test may put in place of the world. */
export interface RunOptions {
  readonly eyes?: Eyes;
  readonly other?: OtherClock;
  readonly pause?: (milliseconds: number) => Promise<void>;
  readonly tiredAfterMs?: number;
}

/** Others want their erasure too: after so long the job ends, and the sweep starts it again. */
const tiredAfter = 20 * 60_000;

/**
 * Job `erasure.run`: carries an erasure on, step by step, from wherever it stands: the intent is written before a step
 * acts, and what was done is read back after. It may be killed and repeated at any point. Ends without a word where a step
 * waits: the row says until when, and the sweep knocks again.
 * @throws RetryLater with a failure of failures.ts; anything else is a bug. What an operator must see is in the row.
 */
export async function runErasure(ctx: RunContext, { requestId }: { requestId: string }, options: RunOptions = {}): Promise<void> {
  let claim: Claim | null = null;
  try {
    claim = await claimErasure(ctx, requestId);
    if (!claim) return;
    const stop = keepLease(ctx, claim);
    try {
      await goOn(ctx, claim, options);
    } finally {
      await stop();
    }
  } catch (error) {
    if (!(error instanceof Stopped)) throw asRunError(error);
    ctx.log.info("erasure_stopped", { request: requestId, why: error.why });
  } finally {
    // Best effort: without it the next run waits for the lease to end.
    if (claim) await releaseErasure(ctx, claim).catch(() => undefined);
  }
}

async function goOn(ctx: RunContext, claim: Claim, options: RunOptions): Promise<void> {
  const { other = databaseClock, pause = (ms) => sleep(ms), tiredAfterMs = tiredAfter } = options;
  const began = performance.now();
  const tired = () => performance.now() - began > tiredAfterMs;
  const runOf = await openRun(ctx, claim, { eyes: options.eyes ?? openEyes(ctx), other, pause, tired });
  for (const step of steps) {
    const rows = await ctx.db.erasureStep.findMany({ where: { requestId: claim.requestId } });
    const row = rows.find(({ name }) => name === step.name);
    if (row && isOver(row)) continue;
    if (row?.wakeAt && row.wakeAt > ctx.now()) return;
    const intended = await intend(ctx, claim, other, step.name);
    const outcome = await act(ctx, claim, step, intended, () => runOf(intended, rows));
    if (outcome !== "done") return;
    ctx.log.info("erasure_step", { request: claim.requestId, step: step.name, tries: intended.tries });
  }
  await endErasure(ctx, claim);
  ctx.log.info("erasure_done", { request: claim.requestId, fence: claim.fence });
}

/** A step an operator let pass is passed over; the certificate is written all the same, with their reason. */
function isOver({ name, state, doneAt }: ErasureStep): boolean {
  return state === "done" || (state === "overridden" && (name !== "certificate" || doneAt !== null));
}

async function act(ctx: RunContext, claim: Claim, step: Step<RequestRun>, row: ErasureStep, open: () => RequestRun): Promise<"done" | "waits" | "failed"> {
  try {
    const outcome = await step.act(open());
    await conclude(ctx, claim, row, outcome);
    return outcome.is;
  } catch (caught) {
    const error = asRunError(caught);
    if (error instanceof RetryLater) await postpone(ctx, claim, step.name, error.failure, pausedUntil(ctx, error));
    if (!(error instanceof GiveUp)) throw error;
    await failErasure(ctx, claim, step.name, error.failure);
    return "failed";
  }
}

const longestPause = 3600;

/** Only what the other side asked for; the queue's own backoff needs no word in the row. */
function pausedUntil({ now }: RunContext, { afterSeconds }: RetryLater): Date | null {
  return afterSeconds === null ? null : new Date(now().getTime() + Math.min(longestPause, afterSeconds) * 1000);
}
