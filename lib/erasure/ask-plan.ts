import type { WebContext } from "#lib/context.ts";
import { checkAccount } from "#lib/requests/submit-once.ts";

/** Counting costs Synapse's database something: a plan this young is good enough. */
const freshMs = 10 * 60_000;

/**
 * The numbers before a decision: id of a plan that is made, or is being made. One on which a request stands already is never
 * given again. Throws DomainError "unavailable" (account_unread) and "forbidden" (account_not_eligible).
 */
export async function askPlan(ctx: WebContext): Promise<string> {
  await checkAccount(ctx);
  const { personId } = ctx.actor;
  const now = ctx.now();
  return await ctx.db.$transaction(async (tx) => {
    // Two clicks at once wait for each other here: one plan, one job.
    await tx.$queryRaw`SELECT 1 FROM "Person" WHERE id = ${personId}::uuid FOR UPDATE`;
    const young = { gt: new Date(now.getTime() - freshMs), lte: now };
    const earlier = await tx.erasurePlan.findFirst({ where: { personId, askedAt: young, request: null }, orderBy: { askedAt: "desc" }, select: { id: true } });
    if (earlier) return earlier.id;
    const { id } = await tx.erasurePlan.create({ data: { personId, askedAt: now }, select: { id: true } });
    await ctx.enqueue(tx, { queue: "erasure.plan", data: { planId: id } });
    return id;
  });
}
