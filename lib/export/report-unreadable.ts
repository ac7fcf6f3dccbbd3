import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { apply } from "#lib/requests/apply.ts";
import { StorageCorrupt } from "#lib/storage/storage.ts";
import type { BuildFailure } from "./failures.ts";

export function unreadable(error: unknown): boolean {
  return error instanceof StorageCorrupt;
}

/**
 * Bytes at rest that fail their check are lost: the request goes to the operator as failed, whose retry builds
 * a new package, and the bad one loses its key and its bytes. Anything else than bad bytes changes nothing.
 */
export async function reportUnreadable(ctx: Omit<WebContext, "actor">, requestId: string, packageId: string, error: unknown): Promise<void> {
  if (!unreadable(error)) return;
  ctx.log.error("package_unreadable", error, { request: requestId, package: packageId });
  try {
    await apply(ctx, requestId, { type: "package_lost", failure: "package_unreadable" satisfies BuildFailure }, async (tx) => {
      await tx.package.update({ where: { id: packageId }, data: { wrappedKey: null } });
      await ctx.enqueue(tx, { queue: "package.remove", data: { packageId } });
    });
  } catch (failure) {
    // Somebody else saw the same, or the request moved on: both are fine.
    if (!(failure instanceof DomainError)) ctx.log.error("package_unreadable_unrecorded", failure, { request: requestId });
  }
}
