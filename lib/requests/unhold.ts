import type { WebContext } from "#lib/context.ts";
import { apply } from "./apply.ts";
import { findCase } from "./find.ts";

/** The ground has gone: the erasure goes on, its end of grace 72 hours away at least. Throws "not_found", "forbidden", "conflict" (not_held). */
export async function unholdErasure(ctx: WebContext, input: { readonly reference: string }): Promise<{ reference: string }> {
  const { id, reference } = await findCase(ctx, input.reference);
  await apply(ctx, id, { type: "unheld", by: ctx.actor.personId });
  return { reference };
}
