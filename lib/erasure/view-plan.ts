import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import type { Plan } from "./plan.ts";

export interface PlanView {
  readonly id: string;
  readonly askedAt: Date;
  /** null while the worker still reads; then `plan` and `hash` are null too. */
  readonly madeAt: Date | null;
  readonly hash: string | null;
  readonly plan: Plan | null;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * A plan of the actor's own: by its id, or the newest.
 * @throws DomainError("not_found") also for somebody else's, whoever asks
 */
export async function viewPlan({ db, actor }: Pick<WebContext, "db" | "actor">, planId?: string): Promise<PlanView> {
  if (planId !== undefined && !uuid.test(planId)) throw new DomainError("not_found", "request");
  const row = await db.erasurePlan.findFirst({
    where: { personId: actor.personId, ...(planId === undefined ? {} : { id: planId }) },
    orderBy: [{ askedAt: "desc" }, { id: "desc" }],
  });
  if (row === null) throw new DomainError("not_found", "request");
  const { id, askedAt, madeAt, hash, body } = row;
  return { id, askedAt, madeAt, hash, plan: body as Plan | null };
}
