import type { ErasureStep, Prisma } from "#lib/db/generated/client.ts";
import { GiveUp } from "#lib/errors.ts";
import type { Account } from "#lib/matrix/homeserver.ts";
import type { Claim } from "./claim.ts";
import { createdSeconds } from "./created-seconds.ts";
import type { ErasureFailure } from "./failures.ts";
import type { Eyes } from "./eyes.ts";
import { note, type OtherClock, whileAllowed } from "./gate.ts";
import type { Memory } from "./memory.ts";
import { openMemory, sealMemory } from "./seal-memory.ts";
import type { Facts, Run, StepContext } from "./step.ts";
import type { StepName } from "./step-names.ts";

/** A run that belongs to a request, with the rows it may write. */
export interface RequestRun extends Run {
  readonly claim: Claim;
  readonly remembered: () => Memory | null;
  remember(memory: Memory): Promise<void>;
  suspendedByUs(): Promise<boolean>;
  /** Rows beside the step's own, while the erasure is ours and may go on. @throws Stopped */
  write<T>(work: (tx: Prisma.TransactionClient, at: Date) => Promise<T>): Promise<T>;
  /** An operator's reason why this step may go on although it failed; null without one. */
  readonly accepted: string | null;
}

export interface Surroundings {
  readonly eyes: Eyes;
  readonly other: OtherClock;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly tired: () => boolean;
}

/** What the steps of one claim share; the account is looked at anew each time. */
export async function openRun(ctx: StepContext, claim: Claim, around: Surroundings): Promise<(row: ErasureStep, all: readonly ErasureStep[]) => RequestRun> {
  const { requestId, mxid } = claim;
  const { memory: sealed } = await ctx.db.erasure.findUniqueOrThrow({ where: { requestId }, select: { memory: true } });
  let memory = sealed ? open(ctx.secret, requestId, sealed) : null;

  async function account(): Promise<Account> {
    const found = await ctx.homeserver.account(mxid);
    if (!found) throw new GiveUp("account_gone" satisfies ErasureFailure);
    // Made anew under the same name since: not the person who asked (I15).
    if (memory && memory.accountCreatedAt !== createdSeconds(found)) throw new GiveUp("account_changed" satisfies ErasureFailure);
    return found;
  }

  return (row, all) => ({
    ctx, claim, mxid, account,
    eyes: around.eyes,
    options: claim.options,
    facts: row.facts as Facts,
    accepted: row.state === "overridden" ? row.overrideReason : null,
    of: (name: StepName) => (all.find((each) => each.name === name)?.facts ?? {}) as Facts,
    memory: () => {
      if (!memory) throw new GiveUp("memory_unreadable" satisfies ErasureFailure);
      return memory;
    },
    remembered: () => memory,
    async remember(fresh) {
      await whileAllowed(ctx, claim, around.other, async (tx) => {
        await tx.erasure.update({ where: { requestId }, data: { memory: sealMemory(ctx.secret, requestId, fresh) } });
      });
      memory = fresh;
    },
    async suspendedByUs() {
      const found = await ctx.db.erasure.findUniqueOrThrow({ where: { requestId }, select: { suspendedAt: true } });
      return found.suspendedAt !== null;
    },
    note: (facts) => note(ctx, claim, around.other, row.name as StepName, facts),
    write: (work) => whileAllowed(ctx, claim, around.other, work),
    pause: around.pause,
    tired: around.tired,
  });
}

function open(secret: string, requestId: string, sealed: Uint8Array): Memory {
  try {
    return openMemory(secret, requestId, sealed);
  } catch (cause) {
    throw new GiveUp("memory_unreadable" satisfies ErasureFailure, { cause });
  }
}
