import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import type { ExportScope } from "#lib/kinds/kind.ts";
import { apply } from "./apply.ts";
import { findCase } from "./find.ts";
import { approveInput, parseInput, readRulings } from "./inputs.ts";

/** `preview` ticked: the package is shown here before it is handed out. `ruling-<kind>` "granted" or "refused" and `reason-<kind>` for each kind on approval that was asked for; `leave`, `leaveReason`, `leaveText` where kinds are left out. */
export interface ApproveInput {
  readonly reference: string;
  readonly [field: string]: unknown;
}

/**
 * An operator agrees. A copy: the worker builds; a kind on approval is granted or refused by name, each with words for the
 * person. An erasure: its grace begins, or where two must agree (risks.ts) the other one is asked. Throws "not_found",
 * "forbidden" (own_case, role_looks, role_second), "invalid" (fields as above), "conflict" (plan_unread, state_changed, frozen, held, second_is_first).
 */
export async function approveRequest(ctx: WebContext, input: ApproveInput): Promise<{ reference: string }> {
  const { id, reference, kind, scope, risks, agreedById } = await findCase(ctx, input.reference, true);
  const by = ctx.actor.personId;
  // Entered for somebody: before the numbers are read nobody knows whether two must agree.
  if (kind === "erasure" && (await ctx.db.erasurePlan.count({ where: { request: { id }, madeAt: null } })) > 0) throw new DomainError("conflict", "plan_unread");
  const rulings = kind === "export" ? readRulings(scope as ExportScope, input) : { granted: [], refused: [] };
  const { preview } = parseInput(approveInput, input);
  await apply(ctx, id, risks.length > 0 && !agreedById ? { type: "agreed", by } : { type: "approved", by, rulings, preview });
  return { reference };
}
