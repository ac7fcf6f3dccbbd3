import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { erasureInput, parseInput } from "./inputs.ts";
import { risks as known } from "./risks.ts";
import { checkAccount, submitOnce, type Submitted } from "./submit-once.ts";
import { day, proofWithin } from "./timing.ts";

/**
 * Art. 17: asks for erasure, on the numbers of a plan the person has seen. Needs a fresh Matrix proof, their own Matrix ID
 * typed, and then the code of the second channel. Throws DomainError "invalid" (fields confirmation, planId), "forbidden"
 * (account_not_eligible, proof_too_old), "unavailable" (account_unread), "too_many" (codes_per_day), "conflict" (plan_old).
 */
export async function submitErasure(ctx: WebContext, input: unknown): Promise<Submitted> {
  await checkAccount(ctx);
  const { personId, mxid, authenticatedAt } = ctx.actor;
  const { planId, options } = parseInput(erasureInput(mxid), input);
  const now = ctx.now();
  if (now.getTime() - authenticatedAt.getTime() >= proofWithin) throw new DomainError("forbidden", "proof_too_old");
  const plan = await ctx.db.erasurePlan.findUnique({ where: { id: planId, personId }, include: { request: { select: { id: true } } } });
  if (!plan?.madeAt || plan.request || now.getTime() - plan.madeAt.getTime() > day) throw new DomainError("conflict", "plan_old");
  const found = (plan.body as { risks?: readonly string[] } | null)?.risks ?? [];
  return await submitOnce(ctx, { kind: "erasure", scope: options, planId, risks: known.filter((risk) => found.includes(risk)) });
}
