import type { WebContext } from "#lib/context.ts";
import { apply } from "./apply.ts";
import { findCase } from "./find.ts";
import { parseInput, releaseInput } from "./inputs.ts";

/** An operator lifts a freeze and says why (a code of release-reasons.ts). Throws "not_found", "forbidden", "invalid", "conflict" (not_frozen). */
export async function releaseRequest(ctx: WebContext, input: { readonly reference: string; readonly reason: unknown }): Promise<{ reference: string }> {
  const { id, reference } = await findCase(ctx, input.reference);
  const { reason } = parseInput(releaseInput, input);
  await apply(ctx, id, { type: "released", by: ctx.actor.personId, reason });
  return { reference };
}
