import type { WorkerContext } from "#lib/context.ts";
import { appendAudit } from "#lib/audit/append.ts";
import { RetryLater } from "#lib/errors.ts";
import type { ExportScope } from "#lib/kinds/kind.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import type { Request } from "#lib/db/generated/client.ts";
import { rulingsOf } from "#lib/requests/wishes.ts";
import type { Approval } from "./order.ts";

export type ClaimContext = Pick<WorkerContext, "db" | "now">;

/** A build that is ours until somebody claims it with a higher fence. */
export interface Claim {
  readonly requestId: string;
  readonly fence: number;
  readonly reference: string;
  readonly subject: Mxid;
  /** As asked for; what of it may be read is decided by `approvals`. */
  readonly scope: ExportScope;
  readonly approvals: readonly Approval[];
  /** The person's language as the portal knows it. */
  readonly locale: string | null;
}

/** A worker without a sign of life for so long has lost its build. */
export const leaseMs = 60_000;

/**
 * Takes the build: the fence grows, and every later write of ours carries it, so that a worker that was
 * only slow can publish nothing. Null when there is nothing to build (done, withdrawn, or frozen).
 * @throws RetryLater "busy" while another worker holds it
 */
export async function claimBuild({ db, now }: ClaimContext, requestId: string): Promise<Claim | null> {
  const at = now();
  return await db.$transaction(async (tx) => {
    const request = await tx.request.findUnique({
      where: { id: requestId, kind: "export", state: "running", frozenAt: null },
      include: { person: { select: { mxid: true, locale: true } } },
    });
    if (!request) return null;
    await tx.build.createMany({ data: { requestId }, skipDuplicates: true });
    const [mine] = await tx.build.updateManyAndReturn({
      where: { requestId, OR: [{ leaseUntil: null }, { leaseUntil: { lte: at } }] },
      data: {
        fence: { increment: 1 }, attempts: { increment: 1 }, leaseUntil: new Date(at.getTime() + leaseMs),
        startedAt: at, updatedAt: at, kind: null, done: 0, total: 0,
      },
    });
    if (!mine) throw await busy(tx, requestId, at);
    await appendAudit(tx, { at, event: "started", actor: "worker", requestId, data: { attempt: mine.attempts } });
    return {
      requestId,
      fence: mine.fence,
      reference: request.reference,
      subject: request.person.mxid as Mxid,
      scope: request.scope as unknown as ExportScope,
      approvals: approvalsOf(request),
      leftOut: rulingsOf(request).refused.map(({ kind }) => kind),
      locale: request.person.locale,
    };
  });
}

/** Nobody decided, nothing approved. */
function approvalsOf(request: Pick<Request, "granted" | "refused" | "decidedAt">): readonly Approval[] {
  const at = request.decidedAt?.toISOString();
  return at ? rulingsOf(request).granted.map(({ kind, reason }) => ({ kind, at, reason, by: "data protection officer" })) : [];
}

async function busy(db: Pick<ClaimContext["db"], "build">, requestId: string, at: Date): Promise<RetryLater> {
  const build = await db.build.findUnique({ where: { requestId }, select: { leaseUntil: true } });
  const left = (build?.leaseUntil?.getTime() ?? 0) - at.getTime();
  return new RetryLater("busy", { afterSeconds: Math.max(1, Math.ceil(left / 1000)) });
}

/** Gives the build back after a failure, so that the next try need not wait for the lease. */
export async function releaseBuild({ db, now }: ClaimContext, { requestId, fence }: Claim): Promise<void> {
  await db.build.updateMany({ where: { requestId, fence }, data: { leaseUntil: null, updatedAt: now() } });
}
