import { appendAudit } from "#lib/audit/append.ts";
import type { WorkerContext } from "#lib/context.ts";
import { asJobError, StorageDown } from "./failures.ts";

export type RemoveContext = Pick<WorkerContext, "db" | "storage" | "now" | "log">;

/**
 * Job `package.remove`: first the key, so that from this moment nobody can read the package wherever
 * copies of it lie, then the bytes. May be repeated at any point. A package that is on offer stays.
 * @throws RetryLater
 */
export async function removePackage(ctx: RemoveContext, { packageId }: { packageId: string }): Promise<void> {
  try {
    const found = await ctx.db.package.findUnique({ where: { id: packageId }, include: { request: { select: { state: true } } } });
    if (!found || found.removedAt) return;
    const onOffer = found.request.state === "ready" && found.wrappedKey !== null && found.expiresAt > ctx.now();
    if (onOffer) return ctx.log.warn("package_still_on_offer", { package: packageId });
    // A new date means that it was handed out meanwhile (hand-out.ts).
    const { count } = await ctx.db.package.updateMany({ where: { id: packageId, expiresAt: found.expiresAt }, data: { wrappedKey: null } });
    if (count !== 1) return;
    await ctx.storage.remove(found.storageKey).catch((cause: unknown) => {
      throw new StorageDown(cause);
    });
    await ctx.db.$transaction(async (tx) => {
      const at = ctx.now();
      const { count: removed } = await tx.package.updateMany({ where: { id: packageId, removedAt: null }, data: { removedAt: at } });
      if (removed === 1) await appendAudit(tx, { at, event: "package_removed", actor: "worker", requestId: found.requestId });
    });
  } catch (error) {
    throw asJobError(error);
  }
}
