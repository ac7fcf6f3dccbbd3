import type { WebContext } from "#lib/context.ts";
import { apply } from "./apply.ts";
import { findCase } from "./find.ts";
import { denyInput, parseInput } from "./inputs.ts";

export interface DenyInput {
  readonly reference: string;
  readonly reason: unknown;
  readonly text: unknown;
}

/**
 * Art. 12(4): a refusal has a reason of the catalogue and words for this case; authority and court remedy are
 * added by the letter. Throws "not_found", "forbidden" (own_case), "invalid" (fields reason, text), "conflict".
 */
export async function denyRequest(ctx: WebContext, input: DenyInput): Promise<{ reference: string }> {
  const { id, reference } = await findCase(ctx, input.reference);
  const { reason, text } = parseInput(denyInput, input);
  await apply(ctx, id, { type: "denied", by: ctx.actor.personId, reason, text });
  return { reference };
}
