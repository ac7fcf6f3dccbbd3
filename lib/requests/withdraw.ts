import type { WebContext } from "#lib/context.ts";
import { apply } from "./apply.ts";
import { findMine } from "./find.ts";

/** The person changes their mind. What was built so far is destroyed. Throws "not_found", "conflict" (state_changed). */
export async function withdrawRequest(ctx: WebContext, input: { readonly reference: string }): Promise<{ reference: string }> {
  const { id, reference } = await findMine(ctx, input.reference);
  await apply(ctx, id, { type: "withdrawn", by: ctx.actor.personId });
  return { reference };
}
