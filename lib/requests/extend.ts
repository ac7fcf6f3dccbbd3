import type { WebContext } from "#lib/context.ts";
import { apply } from "./apply.ts";
import { findCase } from "./find.ts";
import { extendInput, parseInput } from "./inputs.ts";

/**
 * Art. 12(3): two months more, once, with a reason of the catalogue and words for the person, who is told in the same
 * transaction. Throws "not_found", "forbidden", "invalid" (fields reason, text), "conflict" (already_extended,
 * extension_late, clock_stopped, state_changed).
 */
export async function extendRequest(ctx: WebContext, input: { readonly reference: string; readonly reason: unknown; readonly text: unknown }): Promise<{ reference: string }> {
  const { id, reference } = await findCase(ctx, input.reference);
  const { reason, text } = parseInput(extendInput, input);
  await apply(ctx, id, { type: "extended", by: ctx.actor.personId, reason, text });
  return { reference };
}
