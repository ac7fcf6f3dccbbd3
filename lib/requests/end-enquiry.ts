import type { WebContext } from "#lib/context.ts";
import { apply } from "./apply.ts";
import { findCase } from "./find.ts";
import { endEnquiryInput, parseInput } from "./inputs.ts";

/**
 * An operator has what was asked for by another way ("satisfied"), or goes on without it ("dropped"). Throws "not_found",
 * "forbidden", "invalid" (field how), "conflict" (no_enquiry, state_changed).
 */
export async function endEnquiry(ctx: WebContext, input: { readonly reference: string; readonly how: unknown }): Promise<{ reference: string }> {
  const { id, reference } = await findCase(ctx, input.reference);
  const { how } = parseInput(endEnquiryInput, input);
  await apply(ctx, id, { type: "enquiry_ended", by: ctx.actor.personId, how });
  return { reference };
}
