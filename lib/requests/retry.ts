import type { WebContext } from "#lib/context.ts";
import { apply } from "./apply.ts";
import { findCase } from "./find.ts";

/** An operator lets the worker try a failed build again, with all its attempts. Throws "not_found", "forbidden", "conflict". */
export async function retryRequest(ctx: WebContext, input: { readonly reference: string }): Promise<{ reference: string }> {
  const { id, reference } = await findCase(ctx, input.reference);
  await apply(ctx, id, { type: "retried", by: ctx.actor.personId }, async (tx) => {
    await tx.build.updateMany({ where: { requestId: id }, data: { attempts: 0, leaseUntil: null } });
  });
  return { reference };
}
