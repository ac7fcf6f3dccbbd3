import type { WorkerContext } from "#lib/context.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import { GiveUp } from "#lib/errors.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import { look } from "./look.ts";
import { planHash } from "./plan-hash.ts";
import { readPlan } from "./read-plan/read-plan.ts";

export type MakePlanContext = Pick<WorkerContext, "db" | "synapseDb" | "policy" | "now">;

/** Reads the numbers of a plan that was asked for, once: of two workers the first writes, and nothing is ever written over. */
export async function makePlan(ctx: MakePlanContext, { planId }: { readonly planId: string }): Promise<void> {
  const row = await ctx.db.erasurePlan.findUnique({ where: { id: planId }, include: { person: { select: { mxid: true } } } });
  if (row === null || row.madeAt !== null) return;
  const now = ctx.now();
  const { serverName, redactionAllowedMs } = ctx.policy;
  const plan = await look(ctx.synapseDb, (db) => readPlan({ db, subject: row.person.mxid as Mxid, serverName, redactionAllowedMs, now }));
  if (plan === null) throw new GiveUp("account_gone");
  await ctx.db.$transaction([
    // A request that was entered for somebody stands already, and is not approved before its plan is read.
    ctx.db.request.updateMany({ where: { planId, plan: { madeAt: null } }, data: { risks: [...plan.risks] } }),
    ctx.db.erasurePlan.updateMany({
      where: { id: planId, madeAt: null },
      data: { madeAt: now, hash: planHash(plan), body: plan as unknown as Prisma.InputJsonValue },
    }),
  ]);
}
