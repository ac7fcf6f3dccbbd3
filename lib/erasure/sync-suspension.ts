import { appendAudit } from "#lib/audit/append.ts";
import type { WorkerContext } from "#lib/context.ts";
import { RetryLater } from "#lib/errors.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import type { ErasureOptions } from "#lib/requests/erasure-options.ts";
import { asRunError, type ErasureFailure } from "./failures.ts";

export type SuspensionContext = Pick<WorkerContext, "db" | "homeserver" | "eraser" | "now" | "log">;

const rounds = 3;

/**
 * Job `erasure.suspension`: the account is suspended while its erasure waits in grace (MSC3823), where that was chosen, and
 * thawed when the erasure is stopped. Only what we did is undone: who was suspended by somebody else stays so. What is
 * wanted is read again after acting, since it may have changed meanwhile; may be repeated.
 */
export async function syncSuspension(ctx: SuspensionContext, { requestId }: { requestId: string }): Promise<void> {
  try {
    for (let round = 0; round < rounds; round += 1) if (!(await reconcile(ctx, requestId))) return;
  } catch (error) {
    throw asRunError(error);
  }
  throw new RetryLater("busy" satisfies ErasureFailure);
}

/** Whether something had to be done. */
async function reconcile(ctx: SuspensionContext, requestId: string): Promise<boolean> {
  const request = await ctx.db.request.findUnique({
    where: { id: requestId, kind: "erasure" },
    include: { person: { select: { mxid: true } }, erasure: { select: { suspendedAt: true } } },
  });
  if (!request) return false;
  const ours = Boolean(request.erasure?.suspendedAt);
  const mxid = request.person.mxid as Mxid;
  const wanted = request.state === "grace" && !request.frozenAt && (request.scope as unknown as ErasureOptions).suspend;
  const over = ["withdrawn", "denied", "expired"].includes(request.state) || (request.state === "grace" && !wanted);
  if (wanted) return await suspend(ctx, requestId, mxid, ours);
  if (over && ours) return await thaw(ctx, requestId, mxid);
  return false;
}

/** The row first: should we die between, the next run finishes it, and a later one knows that it was us. */
async function suspend(ctx: SuspensionContext, requestId: string, mxid: Mxid, ours: boolean): Promise<boolean> {
  const account = await ctx.homeserver.account(mxid);
  if (!account || account.deactivated || account.suspended) return false;
  const at = ctx.now();
  if (!ours) {
    await ctx.db.$transaction(async (tx) => {
      await tx.erasure.upsert({ where: { requestId }, create: { requestId, suspendedAt: at }, update: { suspendedAt: at } });
      await appendAudit(tx, { at, event: "suspended", actor: "worker", requestId });
    });
  }
  await ctx.eraser.suspend(mxid, true);
  ctx.log.info("account_suspended", { request: requestId });
  return true;
}

async function thaw(ctx: SuspensionContext, requestId: string, mxid: Mxid): Promise<boolean> {
  const account = await ctx.homeserver.account(mxid);
  if (account?.suspended) await ctx.eraser.suspend(mxid, false);
  const at = ctx.now();
  await ctx.db.$transaction(async (tx) => {
    const { count } = await tx.erasure.updateMany({ where: { requestId, suspendedAt: { not: null } }, data: { suspendedAt: null } });
    if (count === 1) await appendAudit(tx, { at, event: "thawed", actor: "worker", requestId });
  });
  ctx.log.info("account_thawed", { request: requestId });
  return true;
}
