import type { WebContext } from "#lib/context.ts";
import { day } from "#lib/requests/timing.ts";

/** The plan a person looked at within a day and did not ask on: the way back to it. null where there is none, or the deletion was asked for. */
export async function pendingPlan({ db, actor, now }: Pick<WebContext, "db" | "actor" | "now">): Promise<string | null> {
  const { personId } = actor;
  const young = { gt: new Date(now().getTime() - day) };
  const plan = await db.erasurePlan.findFirst({ where: { personId, madeAt: young, request: null }, orderBy: { askedAt: "desc" }, select: { id: true } });
  const open = plan ? await db.request.count({ where: { personId, kind: "erasure", closedAt: null } }) : 0;
  return plan && open === 0 ? plan.id : null;
}
