import type { WebContext } from "#lib/context.ts";
import { apply } from "./apply.ts";
import { findCase } from "./find.ts";

/** An operator agrees; the worker builds. Throws "not_found", "forbidden" (own_case), "conflict" (state_changed, frozen). */
export async function approveRequest(ctx: WebContext, input: { readonly reference: string }): Promise<{ reference: string }> {
  const { id, reference } = await findCase(ctx, input.reference);
  await apply(ctx, id, { type: "approved", by: ctx.actor.personId });
  return { reference };
}
