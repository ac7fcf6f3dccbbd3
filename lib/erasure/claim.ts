import type { WorkerContext } from "#lib/context.ts";
import { RetryLater } from "#lib/errors.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import type { ErasureOptions } from "#lib/requests/erasure-options.ts";
import type { ErasureFailure } from "./failures.ts";
import type { Plan } from "./plan.ts";

export type ClaimContext = Pick<WorkerContext, "db" | "now">;

/** An erasure that is ours until somebody claims it with a higher fence. */
export interface Claim {
  readonly requestId: string;
  readonly fence: number;
  readonly reference: string;
  readonly mxid: Mxid;
  readonly options: ErasureOptions;
  /** What it was decided on. */
  readonly plan: Plan | null;
  readonly planHash: string | null;
}

/** A worker without a sign of life for so long has lost its erasure. */
export const leaseMs = 60_000;

/**
 * Takes the erasure: the fence grows, and every later write of ours carries it. Null when there is nothing to do: not
 * running, frozen, or held.
 * @throws RetryLater "busy" while another worker has it
 */
export async function claimErasure({ db, now }: ClaimContext, requestId: string): Promise<Claim | null> {
  const at = now();
  return await db.$transaction(async (tx) => {
    const request = await tx.request.findUnique({
      where: { id: requestId, kind: "erasure", state: "running", frozenAt: null, heldAt: null },
      include: { person: { select: { mxid: true } }, plan: { select: { body: true, hash: true } } },
    });
    if (!request) return null;
    await tx.erasure.createMany({ data: { requestId }, skipDuplicates: true });
    const [mine] = await tx.erasure.updateManyAndReturn({
      where: { requestId, OR: [{ leaseUntil: null }, { leaseUntil: { lte: at } }] },
      data: { fence: { increment: 1 }, leaseUntil: new Date(at.getTime() + leaseMs), updatedAt: at },
    });
    if (!mine) throw await busy(tx, requestId, at);
    return {
      requestId,
      fence: mine.fence,
      reference: request.reference,
      mxid: request.person.mxid as Mxid,
      options: request.scope as unknown as ErasureOptions,
      plan: (request.plan?.body ?? null) as unknown as Plan | null,
      planHash: request.plan?.hash ?? null,
    };
  });
}

async function busy(db: Pick<ClaimContext["db"], "erasure">, requestId: string, at: Date): Promise<RetryLater> {
  const erasure = await db.erasure.findUnique({ where: { requestId }, select: { leaseUntil: true } });
  const left = (erasure?.leaseUntil?.getTime() ?? 0) - at.getTime();
  return new RetryLater("busy" satisfies ErasureFailure, { afterSeconds: Math.max(1, Math.ceil(left / 1000)) });
}

/** Gives it back, so that whoever goes on need not wait for the lease. */
export async function releaseErasure({ db, now }: ClaimContext, { requestId, fence }: Pick<Claim, "requestId" | "fence">): Promise<void> {
  await db.erasure.updateMany({ where: { requestId, fence }, data: { leaseUntil: null, updatedAt: now() } });
}
