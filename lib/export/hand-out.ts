import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { apply } from "#lib/requests/apply.ts";
import { findCase } from "#lib/requests/find.ts";
import { packageEnds } from "./package-ends.ts";

/**
 * The operator has seen the package (ledger, verdict of the leak gate) and hands it out: the person is told, and its days
 * count from now. Throws "not_found", "forbidden" (own_case, role_looks, role_second), "conflict" (frozen; state_changed, also
 * when it was destroyed meanwhile: approving again builds it anew).
 */
export async function handOutPackage(ctx: WebContext, input: { readonly reference: string }): Promise<{ reference: string }> {
  const { id: requestId, reference } = await findCase(ctx, input.reference);
  const expiresAt = packageEnds(ctx.policy, ctx.now());
  await apply(ctx, requestId, { type: "handed_out", by: ctx.actor.personId, expiresAt }, async (tx) => {
    const { count } = await tx.package.updateMany({ where: { requestId, wrappedKey: { not: null }, removedAt: null }, data: { expiresAt } });
    if (count !== 1) throw new DomainError("conflict", "state_changed");
  });
  return { reference };
}
