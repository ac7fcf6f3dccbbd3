import { setTimeout as sleep } from "node:timers/promises";
import { appendAudit } from "#lib/audit/append.ts";
import type { WorkerContext } from "#lib/context.ts";
import { GiveUp, RetryLater } from "#lib/errors.ts";
import { createdSeconds } from "./created-seconds.ts";
import { asRunError } from "./failures.ts";
import type { Eyes } from "./eyes.ts";
import { type RegisteredAccount, registeredAccounts } from "./local-accounts.ts";
import { openEyes } from "./open-eyes.ts";
import type { Facts, Run, Step, StepContext } from "./step.ts";
import { deactivate } from "./steps/deactivate.ts";
import { delayed } from "./steps/delayed.ts";
import { identities } from "./steps/identities.ts";
import { leave } from "./steps/leave.ts";
import { media } from "./steps/media.ts";
import { redact } from "./steps/redact.ts";
import { rooms } from "./steps/rooms.ts";
import { verify } from "./steps/verify.ts";

export type ReplayContext = StepContext & Pick<WorkerContext, "log">;

export interface ReplayOptions {
  readonly eyes?: Eyes;
  readonly pause?: (milliseconds: number) => Promise<void>;
}

/** Accounts of the homeserver; those that stand in the register; of them erased still, erased again, and failed by code. */
export interface Replayed {
  readonly accounts: number;
  readonly registered: number;
  readonly already: number;
  readonly erased: number;
  readonly failed: Readonly<Record<string, number>>;
}

/** No asking and no grace: that was all done once. No telling either: the others were told. */
const again: readonly Step[] = [redact, leave, delayed, media, identities, deactivate, verify, rooms];

/**
 * After the homeserver's database was restored from a backup (K18): erases again whoever had been erased, by the same
 * steps, straight through. Twice is once: who is deactivated, erased and without files is left alone.
 */
export async function replayErasures(ctx: ReplayContext, options: ReplayOptions = {}): Promise<Replayed> {
  const { accounts, found } = await registeredAccounts(ctx);
  const back = found.filter(({ gone }) => !gone);
  const failed: Record<string, number> = {};
  let erased = 0;
  for (const account of back) {
    const failure = await eraseAgain(ctx, account, options);
    if (failure === null) erased += 1;
    else failed[failure] = (failed[failure] ?? 0) + 1;
  }
  return { accounts, registered: found.length, already: found.length - back.length, erased, failed };
}

/** @returns the code of a failure */
async function eraseAgain(ctx: ReplayContext, account: RegisteredAccount, options: ReplayOptions): Promise<string | null> {
  try {
    await straightThrough(ctx, account, options);
    await ctx.db.$transaction((tx) => appendAudit(tx, { at: ctx.now(), event: "erasure_replayed", actor: "cli", data: { redacted: account.entry.redacted } }));
    return null;
  } catch (caught) {
    const error = asRunError(caught);
    if (!(error instanceof RetryLater || error instanceof GiveUp)) throw error;
    ctx.log.warn("replay_failed", { failure: error.failure });
    return error.failure;
  }
}

/** What waits is waited for here: somebody sits in front of it. */
async function straightThrough(ctx: ReplayContext, { mxid, entry }: RegisteredAccount, options: ReplayOptions): Promise<void> {
  const { eyes = openEyes(ctx), pause = (ms) => sleep(ms) } = options;
  const memory = await eyes.memory(mxid);
  const noted = new Map<string, Facts>();
  const account = async () => {
    const found = await ctx.homeserver.account(mxid);
    if (!found) throw new GiveUp("account_gone");
    if (createdSeconds(found) !== memory.accountCreatedAt) throw new GiveUp("account_changed");
    return found;
  };
  for (const step of again) {
    for (;;) {
      const run: Run = {
        ctx, eyes, mxid, account, pause,
        options: { redact: entry.redacted, suspend: false, leaveNow: true },
        memory: () => memory,
        facts: noted.get(step.name) ?? {},
        of: (name) => noted.get(name) ?? {},
        note: async (facts) => void noted.set(step.name, facts),
        tired: () => false,
      };
      const outcome = await step.act(run);
      noted.set(step.name, outcome.facts);
      if (outcome.is === "done") break;
      await pause(Math.min(30_000, Math.max(0, outcome.until.getTime() - ctx.now().getTime())));
    }
  }
}
