import { appendAudit } from "#lib/audit/append.ts";
import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { findCase } from "./find.ts";
import { listStaff } from "./list-staff.ts";
import { inTransaction } from "./transaction.ts";

export interface AssignInput {
  readonly reference: string;
  /** `Staff.personId`, "me", or "nobody". */
  readonly to: unknown;
}

/**
 * Whose work a case is. It decides nothing: any operator may still decide it. Throws "not_found", "forbidden" (own_case,
 * role_looks, role_second), "invalid" (field to), "conflict" (assignee_own: nobody works on their own request).
 */
export async function assignRequest(ctx: WebContext, input: AssignInput): Promise<{ reference: string }> {
  const { id: requestId, reference } = await findCase(ctx, input.reference);
  const assigneeId = await personOf(ctx, input.to);
  await inTransaction(ctx.db, async (tx) => {
    const row = await tx.request.findUniqueOrThrow({ where: { id: requestId }, select: { personId: true, assigneeId: true } });
    if (row.personId === assigneeId) throw new DomainError("conflict", "assignee_own");
    if (row.assigneeId === assigneeId) return;
    await tx.request.update({ where: { id: requestId }, data: { assigneeId } });
    await appendAudit(tx, { at: ctx.now(), event: "assigned", actor: "operator", actorId: ctx.actor.personId, requestId, data: { to: assigneeId } });
  });
  return { reference };
}

async function personOf(ctx: WebContext, to: unknown): Promise<string | null> {
  if (to === "nobody") return null;
  if (to === "me") return ctx.actor.personId;
  const found = (await listStaff(ctx)).find(({ personId }) => personId === to);
  if (!found) throw new DomainError("invalid", "form", { to: "assignee_unknown" });
  return found.personId;
}
