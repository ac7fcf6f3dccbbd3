import { open } from "node:fs/promises";
import { appendAudit } from "#lib/audit/append.ts";
import type { WorkerContext } from "#lib/context.ts";
import { gateCounts } from "./check-package.ts";
import { PackageBlocked } from "./failures.ts";
import type { Observer, PackageOrder } from "./order.ts";

type CheckContext = Pick<WorkerContext, "db" | "leakGate" | "now">;

/**
 * The same look at the operator's file, before it gets its name.
 * @throws PackageBlocked, GateFailed, or the reason of `observer.signal`
 */
export async function checkFile(ctx: CheckContext, part: string, bytes: number, { subject, approvals }: PackageOrder, { signal, progress }: Observer): Promise<void> {
  const file = await open(part, "r");
  try {
    const watch = { signal, progress: (done: number, total: number) => progress("checking", done, total) };
    const verdict = await ctx.leakGate.inspectFile(file, bytes, { subject, granted: approvals.map(({ kind }) => kind) }, watch);
    const event = verdict.passed ? "gate_passed" : "gate_blocked";
    await ctx.db.$transaction((tx) => appendAudit(tx, { at: ctx.now(), event, actor: "cli", data: gateCounts(verdict) }));
    if (!verdict.passed) throw new PackageBlocked(verdict);
  } finally {
    await file.close();
  }
}
