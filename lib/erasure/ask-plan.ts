import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";

export type AskPlanContext = Pick<WebContext, "db" | "enqueue" | "actor" | "now">;

/** Counting costs Synapse's database something: a plan this young is good enough. */
const freshMs = 10 * 60_000;

/**
 * The numbers before a decision: the id of a plan that is made or being made. One on which a request stands already is never
 * given again. Throws DomainError "unavailable" (account_unread) and "forbidden" (account_not_eligible).
 */
export async function askPlan({ db, enqueue, actor, now }: AskPlanContext): Promise<string> {
  const { personId } = actor;
  const at = now();
  return await db.$transaction(async (tx) => {
    // Two clicks at once wait for each other here: one plan, one job.
    await tx.$queryRaw`SELECT 1 FROM "Person" WHERE id = ${personId}::uuid FOR UPDATE`;
    const { accountState } = await tx.person.findUniqueOrThrow({ where: { id: personId }, select: { accountState: true } });
    if (!accountState) throw new DomainError("unavailable", "account_unread");
    if (accountState !== "active" && accountState !== "suspended") throw new DomainError("forbidden", "account_not_eligible");
    const young = { gt: new Date(at.getTime() - freshMs), lte: at };
    const earlier = await tx.erasurePlan.findFirst({ where: { personId, askedAt: young, request: null }, orderBy: { askedAt: "desc" }, select: { id: true } });
    if (earlier) return earlier.id;
    const { id } = await tx.erasurePlan.create({ data: { personId, askedAt: at }, select: { id: true } });
    await enqueue(tx, { queue: "erasure.plan", data: { planId: id } });
    return id;
  });
}
