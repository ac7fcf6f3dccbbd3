import type { WebContext } from "#lib/context.ts";
import { apply } from "./apply.ts";
import { findCase } from "./find.ts";
import { holdInput, parseInput } from "./inputs.ts";

/**
 * Legal hold: an erasure waits on one of the grounds of Art. 17(3), told to the person with the operator's words. Throws
 * "not_found", "forbidden" (own_case), "invalid" (fields reason, text), "conflict" (already_held, state_changed).
 */
export async function holdErasure(ctx: WebContext, input: { readonly reference: string; readonly reason: unknown; readonly text: unknown }): Promise<{ reference: string }> {
  const { id, reference } = await findCase(ctx, input.reference);
  const { reason, text } = parseInput(holdInput, input);
  await apply(ctx, id, { type: "held", by: ctx.actor.personId, reason, text });
  return { reference };
}
