import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { parseReference } from "#lib/requests/reference.ts";
import type { Plan } from "./plan.ts";

export interface CasePlanView {
  readonly madeAt: Date;
  readonly hash: string;
  /** null once the erasure is done: only the hash is kept. */
  readonly plan: Plan | null;
}

/** The numbers an erasure was asked on, for the desk. Throws DomainError "not_found" for people who are not operators; null where there is no plan. */
export async function viewCasePlan({ db, actor }: Pick<WebContext, "db" | "actor">, reference: string): Promise<CasePlanView | null> {
  const known = actor.operator ? parseReference(reference) : null;
  const row = known ? await db.request.findUnique({ where: { reference: known, kind: "erasure" }, select: { plan: true } }) : null;
  if (!row) throw new DomainError("not_found", "request");
  const { madeAt, hash, body } = row.plan ?? {};
  return madeAt && hash ? { madeAt, hash, plan: (body ?? null) as Plan | null } : null;
}
