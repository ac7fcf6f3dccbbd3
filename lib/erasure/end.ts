import { appendAudit } from "#lib/audit/append.ts";
import type { WorkerContext } from "#lib/context.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import { DomainError } from "#lib/errors.ts";
import { apply } from "#lib/requests/apply.ts";
import type { RequestEvent } from "#lib/requests/events.ts";
import type { Claim } from "./claim.ts";
import { Stopped } from "./lease.ts";

type EndContext = Pick<WorkerContext, "db" | "enqueue" | "policy" | "now">;

/** The request is fulfilled: once, by whoever holds the erasure. @throws Stopped */
export async function endErasure(ctx: EndContext, claim: Claim): Promise<void> {
  await move(ctx, claim, { type: "erased" }, async () => undefined);
}

/** A step failed for good: the request waits for an operator. @throws Stopped */
export async function failErasure(ctx: EndContext, claim: Claim, name: string, failure: string): Promise<void> {
  const { requestId } = claim;
  await move(ctx, claim, { type: "gave_up", failure }, async (tx) => {
    await tx.erasureStep.updateMany({ where: { requestId, name }, data: { state: "failed", failure, wakeAt: null } });
    await appendAudit(tx, { at: ctx.now(), event: "step_failed", actor: "worker", requestId, data: { step: name, failure } });
  });
}

/** The job died of something nobody foresaw, again and again: whatever it was at waits for an operator. */
export async function abandonErasure(ctx: EndContext, { requestId, failure }: { requestId: string; failure: string }): Promise<void> {
  await apply(ctx, requestId, { type: "gave_up", failure }, async (tx) => {
    await tx.erasureStep.updateMany({ where: { requestId, state: "intended" }, data: { state: "failed", failure, wakeAt: null } });
  });
}

async function move(ctx: EndContext, { requestId, fence }: Claim, event: RequestEvent, inside: (tx: Prisma.TransactionClient) => Promise<void>): Promise<void> {
  try {
    await apply(ctx, requestId, event, async (tx) => {
      const { count } = await tx.erasure.updateMany({ where: { requestId, fence }, data: { leaseUntil: null, updatedAt: ctx.now() } });
      if (count !== 1) throw new Stopped("fence");
      await inside(tx);
    });
  } catch (error) {
    if (error instanceof DomainError) throw new Stopped("state");
    throw error;
  }
}
