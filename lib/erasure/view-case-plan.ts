import type { WebContext } from "#lib/context.ts";
import { recordLook } from "#lib/requests/record-look.ts";
import { findCaseToRead } from "./find-erasure.ts";
import type { Plan } from "./plan.ts";

export interface CasePlanView {
  readonly madeAt: Date;
  readonly hash: string;
  /** null once the erasure is done: only the hash is kept. */
  readonly plan: Plan | null;
}

/** The numbers an erasure was asked on, for the desk. Throws DomainError "not_found" for people without a role on the desk; null where there is no plan. */
export async function viewCasePlan(ctx: WebContext, reference: string): Promise<CasePlanView | null> {
  const id = await findCaseToRead(ctx, reference);
  const row = await ctx.db.request.findUniqueOrThrow({ where: { id }, select: { personId: true, plan: true } });
  await recordLook(ctx, { subjectId: row.personId, requestId: id, what: "plan" });
  const { madeAt, hash, body } = row.plan ?? {};
  return madeAt && hash ? { madeAt, hash, plan: (body ?? null) as Plan | null } : null;
}
