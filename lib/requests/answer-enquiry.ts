import type { WebContext } from "#lib/context.ts";
import { apply } from "./apply.ts";
import { findMine } from "./find.ts";
import { answerInput, parseInput } from "./inputs.ts";

/** The person's words; the clock runs again and the officer is told. Throws "not_found", "invalid" (field answer), "conflict" (no_enquiry, state_changed). */
export async function answerEnquiry(ctx: WebContext, input: { readonly reference: string; readonly answer: unknown }): Promise<{ reference: string }> {
  const { id, reference } = await findMine(ctx, input.reference);
  const { answer } = parseInput(answerInput, input);
  await apply(ctx, id, { type: "answered", by: ctx.actor.personId, answer });
  return { reference };
}
