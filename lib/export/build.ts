import { isOwnDatabaseDown } from "#lib/db/is-own-database-down.ts";
import type { WorkerContext } from "#lib/context.ts";
import { givenBack } from "#lib/give-back.ts";
import { kinds } from "#lib/kinds/all.ts";
import { languageOf } from "#lib/messages/languages.ts";
import { checkPackage } from "./check-package.ts";
import { type Claim, claimBuild, releaseBuild } from "./claim.ts";
import { asJobError } from "./failures.ts";
import { keepLease, type Lease, Stopped } from "./lease.ts";
import type { BuildStep, PackageOrder } from "./order.ts";
import { prepareOrder } from "./prepare-order.ts";
import { publishPackage } from "./publish.ts";
import { writePackage } from "./write.ts";

export type BuildContext = Pick<WorkerContext, "db" | "enqueue" | "homeserver" | "synapseDb" | "storage" | "spool" | "leakGate" | "renderPdf" | "sign" | "policy" | "now" | "log">;

/** What a test may change: the kinds, and something that happens at each step. */
export interface BuildOptions {
  readonly kinds?: PackageOrder["kinds"];
  readonly step?: (step: BuildStep) => void | Promise<void>;
}

/** The same try twice would write to the same place: the fence tells them apart, also after a kill -9. */
export function storageKeyOf({ requestId, fence }: Pick<Claim, "requestId" | "fence">): string {
  return `${requestId}-${fence}.sealed`;
}

/**
 * Job `export.build`: builds the package of a running request and publishes it, once, whatever happens in
 * between; a repeat after success, withdrawal or freezing does nothing.
 * @throws RetryLater, GiveUp with a failure of failures.ts; anything else is a bug
 */
export async function buildExport(ctx: BuildContext, { requestId }: { requestId: string }, options: BuildOptions = {}): Promise<void> {
  let claim: Claim | null = null;
  try {
    claim = await claimBuild(ctx, requestId);
    if (!claim) return;
    await options.step?.("claimed");
    const lease = keepLease(ctx, claim);
    try {
      await build(ctx, claim, lease, options);
    } finally {
      await lease.stop();
    }
    ctx.log.info("package_built", { request: requestId, fence: claim.fence });
  } catch (error) {
    // Best effort: without it the next try waits for the lease to run out.
    if (claim) await releaseBuild(ctx, claim).catch(() => undefined);
    if (!(error instanceof Stopped)) throw asJobError(error);
    ctx.log.info("build_stopped", { request: requestId, why: error.why });
  }
}

async function build(ctx: BuildContext, claim: Claim, lease: Lease, { kinds: used = kinds, step = () => undefined }: BuildOptions): Promise<void> {
  const storageKey = storageKeyOf(claim);
  const order = await prepareOrder(ctx, { ...claim, reference: spoken(claim.reference), kinds: used, locale: languageOf(claim, ctx.policy) });
  const observer = { signal: lease.signal, progress: lease.progress, step };
  await step("sealing");
  const { sunk, summary } = await writePackage(ctx, order, observer, (zip) => ctx.storage.seal(storageKey, givenBack(zip)));
  try {
    await step("sealed");
    lease.signal.throwIfAborted();
    await step("checking");
    const verdict = await checkPackage(ctx, claim, sunk, lease);
    await step("publishing");
    await publishPackage(ctx, claim, sunk, summary, verdict);
  } catch (error) {
    // When the database went away while committing nobody knows whether it did: the sweep of orphans will.
    // Why it failed is what counts: bytes that cannot be removed now are its business too.
    if (!isOwnDatabaseDown(error)) await ctx.storage.remove(storageKey).catch(() => ctx.log.warn("bytes_left", { request: claim.requestId }));
    throw error;
  }
  await step("published");
}

/** 7F3K29QD as people read it aloud. */
function spoken(reference: string): string {
  return `${reference.slice(0, 4)}-${reference.slice(4)}`;
}
