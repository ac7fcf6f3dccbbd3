import { appendAudit } from "#lib/audit/append.ts";
import type { WorkerContext } from "#lib/context.ts";
import type { ErasureStep, Prisma } from "#lib/db/generated/client.ts";
import { RetryLater } from "#lib/errors.ts";
import { inTransaction } from "#lib/requests/transaction.ts";
import type { Claim } from "./claim.ts";
import type { ErasureFailure } from "./failures.ts";
import { Stopped } from "./lease.ts";
import { count, type Facts, type Outcome } from "./step.ts";
import type { StepName } from "./step-names.ts";

export type GateContext = Pick<WorkerContext, "now" | "db">;
/** A clock besides our own. */
export type OtherClock = (db: Prisma.TransactionClient) => Promise<Date>;

/** More than this between our clock and the database's, and one of them is wrong: nothing irreversible by either (T02). */
const mostSkew = 5 * 60_000;

export const databaseClock: OtherClock = async (db) => {
  const [row] = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  if (!row) throw new Error("the database has no clock");
  return row.now;
};

/**
 * Runs `write` while the erasure is ours and may go on: the request runs, is neither frozen nor held, and its time has
 * come by both clocks. Its row stays locked until the write is committed, so a hold either came before and is seen, or
 * comes after. @throws Stopped, RetryLater "clocks_disagree"
 */
export async function whileAllowed<T>(ctx: GateContext, claim: Claim, other: OtherClock, write: (tx: Prisma.TransactionClient, at: Date) => Promise<T>): Promise<T> {
  return await inTransaction(ctx.db, async (tx) => {
    const at = ctx.now();
    const { requestId, fence } = claim;
    const mine = await tx.erasure.updateMany({ where: { requestId, fence }, data: { updatedAt: at } });
    if (mine.count !== 1) throw new Stopped("fence");
    const [row] = await tx.$queryRaw<{ state: string; frozenAt: Date | null; heldAt: Date | null; notBefore: Date | null }[]>`
      SELECT "state"::text AS "state", "frozenAt", "heldAt", "notBefore" FROM "Request" WHERE "id" = ${requestId}::uuid FOR SHARE`;
    if (row?.state !== "running") throw new Stopped("state");
    if (row.frozenAt) throw new Stopped("frozen");
    if (row.heldAt) throw new Stopped("held");
    const theirs = await other(tx);
    if (Math.abs(theirs.getTime() - at.getTime()) > mostSkew) throw new RetryLater("clocks_disagree" satisfies ErasureFailure);
    if (!row.notBefore || row.notBefore > at || row.notBefore > theirs) throw new Stopped("early");
    return await write(tx, at);
  });
}

/** The intent, before anything is done. */
export async function intend(ctx: GateContext, claim: Claim, other: OtherClock, name: StepName): Promise<ErasureStep> {
  return await whileAllowed(ctx, claim, other, async (tx, at) => {
    const where = { requestId_name: { requestId: claim.requestId, name } };
    const row = await tx.erasureStep.findUnique({ where });
    if (row?.state === "overridden") return await tx.erasureStep.update({ where, data: { tries: { increment: 1 }, wakeAt: null } });
    if (!row) return await tx.erasureStep.create({ data: { requestId: claim.requestId, name, state: "intended", intendedAt: at, tries: 1, facts: {} } });
    // An operator let a failed step be tried again: what it has to go by is renewed.
    const facts = row.state === "failed" ? { ...(row.facts as Facts), retried: count((row.facts as Facts).retried) + 1 } : (row.facts as Facts);
    return await tx.erasureStep.update({ where, data: { state: "intended", tries: { increment: 1 }, wakeAt: null, failure: null, facts: json(facts) } });
  });
}

/** Progress within a step. */
export async function note(ctx: GateContext, claim: Claim, other: OtherClock, name: StepName, facts: Facts): Promise<void> {
  await whileAllowed(ctx, claim, other, async (tx, movedAt) => {
    await tx.erasureStep.update({ where: { requestId_name: { requestId: claim.requestId, name } }, data: { facts: json(facts), movedAt } });
  });
}

/**
 * What became of a step. It happened already, so a hold or a freeze that came meanwhile does not keep it from being
 * written down; a lost lease does.
 */
export async function conclude(ctx: GateContext, { requestId, fence }: Claim, step: ErasureStep, outcome: Outcome): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const at = ctx.now();
    const mine = await tx.erasure.updateMany({ where: { requestId, fence }, data: { updatedAt: at } });
    if (mine.count !== 1) throw new Stopped("fence");
    const where = { requestId_name: { requestId, name: step.name } };
    if (outcome.is === "waits") return void (await tx.erasureStep.update({ where, data: { facts: json(outcome.facts), wakeAt: outcome.until, failure: null } }));
    const state = step.state === "overridden" ? "overridden" : "done";
    await tx.erasureStep.update({ where, data: { state, doneAt: at, wakeAt: null, failure: null, facts: json(outcome.facts) } });
    const { skipped } = outcome.facts;
    await appendAudit(tx, { at, event: "step_done", actor: "worker", requestId, data: { step: step.name, ...(typeof skipped === "string" ? { skipped } : {}) } });
  });
}

/** It could not be done now: the row says why and when it is tried again. */
export async function postpone(ctx: GateContext, { requestId, fence }: Claim, name: string, failure: string, wakeAt: Date | null): Promise<void> {
  await ctx.db.erasureStep.updateMany({ where: { requestId, name, state: { in: ["intended", "overridden"] }, erasure: { fence } }, data: { failure, wakeAt } });
}

const json = (facts: Facts) => facts as Prisma.InputJsonObject;
