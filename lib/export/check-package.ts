import { appendAudit } from "#lib/audit/append.ts";
import type { WorkerContext } from "#lib/context.ts";
import type { GateVerdict } from "#lib/leak-gate/verdict.ts";
import type { Sealed } from "#lib/storage/storage.ts";
import type { Claim } from "./claim.ts";
import { PackageBlocked } from "./failures.ts";
import { type Lease, Stopped } from "./lease.ts";

type CheckContext = Pick<WorkerContext, "db" | "leakGate" | "now">;

/**
 * Has the sealed package looked at by the leak gate, against what the request's row says. A package that is stopped leaves
 * its verdict and an audit record behind before anything else is done.
 * @throws PackageBlocked, GateFailed, Stopped
 */
export async function checkPackage(ctx: CheckContext, claim: Claim, sealed: Sealed, { signal, progress }: Lease): Promise<GateVerdict> {
  const { storageKey, wrappedKey, bytes } = sealed;
  const facts = { subject: claim.subject, granted: claim.approvals.map(({ kind }) => kind) };
  const watch = { signal, progress: (done: number, total: number) => progress("checking", done, total) };
  const verdict = await ctx.leakGate.inspectSealed({ storageKey, wrappedKey, bytes }, facts, watch);
  if (verdict.passed) return verdict;
  const { requestId, fence } = claim;
  const at = ctx.now();
  await ctx.db.$transaction(async (tx) => {
    const { count } = await tx.build.updateMany({ where: { requestId, fence }, data: { verdict, verdictAt: at } });
    if (count !== 1) throw new Stopped("fence");
    await appendAudit(tx, { at, event: "gate_blocked", actor: "worker", requestId, data: gateCounts(verdict) });
  });
  throw new PackageBlocked(verdict);
}

/** For the audit record. */
export function gateCounts({ version, files, records, bytes, found }: GateVerdict): Record<string, number> {
  return { version, files, records, bytes, found };
}
