import { appendAudit } from "#lib/audit/append.ts";
import type { WorkerContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import type { GateVerdict } from "#lib/leak-gate/verdict.ts";
import { apply } from "#lib/requests/apply.ts";
import type { Sealed } from "#lib/storage/storage.ts";
import { gateCounts } from "./check-package.ts";
import type { Claim } from "./claim.ts";
import { Stopped } from "./lease.ts";
import type { PackageSummary } from "./manifest.ts";
import { packageEnds } from "./package-ends.ts";

/**
 * The package exists from here on: its row, what the leak gate said of it, the request's state, the audit record and the letters in one
 * transaction, which fails as a whole when the build is not ours any more or the request moved on.
 * @throws Stopped
 */
export async function publishPackage(
  ctx: Pick<WorkerContext, "db" | "enqueue" | "policy" | "now">, { requestId, fence }: Claim, sealed: Sealed, summary: PackageSummary, verdict: GateVerdict,
): Promise<void> {
  const builtAt = ctx.now();
  const expiresAt = packageEnds(ctx.policy, builtAt);
  const data = { records: summary.totals.included, candidates: summary.totals.candidates, files: summary.files, missingMedia: summary.media.missing, bytes: sealed.bytes };
  try {
    await apply(ctx, requestId, { type: "built", expiresAt, data }, async (tx) => {
      const { count } = await tx.build.updateMany({ where: { requestId, fence }, data: { leaseUntil: null, kind: null, updatedAt: builtAt, verdict, verdictAt: builtAt } });
      if (count !== 1) throw new Stopped("fence");
      // apply() holds the request's row by now: a freeze either came before and is seen, or comes after.
      const request = await tx.request.findUniqueOrThrow({ where: { id: requestId }, select: { frozenAt: true } });
      if (request.frozenAt) throw new Stopped("frozen");
      const { storageKey, wrappedKey, bytes, sha256 } = sealed;
      await appendAudit(tx, { at: builtAt, event: "gate_passed", actor: "worker", requestId, data: gateCounts(verdict) });
      await tx.package.create({ data: { requestId, storageKey, wrappedKey, bytes, sha256, builtAt, expiresAt, summary: JSON.parse(JSON.stringify(summary)) } });
    });
  } catch (error) {
    if (error instanceof DomainError) throw new Stopped("state");
    throw error;
  }
}
