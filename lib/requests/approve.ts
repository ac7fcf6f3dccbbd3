import type { WebContext } from "#lib/context.ts";
import type { ExportScope } from "#lib/kinds/kind.ts";
import { apply } from "./apply.ts";
import { findCase } from "./find.ts";
import { readRulings } from "./inputs.ts";
import { wishesIn } from "./wishes.ts";

/** `ruling-<kind>` "granted" or "refused" and `reason-<kind>` for each kind on approval that was asked for; nothing otherwise. */
export interface ApproveInput {
  readonly reference: string;
  readonly [field: string]: unknown;
}

/**
 * An operator agrees; the worker builds. A kind on approval is granted or refused by name, each with words for the person.
 * Throws "not_found", "forbidden" (own_case), "invalid" (fields as above), "conflict" (state_changed, frozen).
 */
export async function approveRequest(ctx: WebContext, input: ApproveInput): Promise<{ reference: string }> {
  const { id, reference, scope } = await findCase(ctx, input.reference);
  const rulings = readRulings(wishesIn(scope as ExportScope), input);
  await apply(ctx, id, { type: "approved", by: ctx.actor.personId, rulings });
  return { reference };
}
