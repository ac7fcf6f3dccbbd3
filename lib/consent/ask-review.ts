import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { openReviewed } from "#lib/requests/apply.ts";
import { record } from "#lib/requests/effect.ts";
import { parseInput, reviewInput } from "#lib/requests/inputs.ts";
import { toOfficer, toPerson } from "#lib/requests/letter-orders.ts";
import { checkAccount, oncePerKind, type Submitted } from "#lib/requests/submit-once.ts";
import { day, reviewsPerDay } from "#lib/requests/timing.ts";
import { findPolicy } from "./texts.ts";

export interface AskReviewInput {
  /** "question", "objection" or "withdrawal". */
  readonly about: unknown;
  /** Folder of a text; "": none of them. */
  readonly policy: unknown;
  readonly text: unknown;
}

/**
 * A question, an objection (Art. 21) or a withdrawal that needs a human, to the officer: a request like the others. No code
 * is asked for: taking back is to be as easy as giving was (Art. 7(3)), and all that follows is an answer to the account that asked. Throws
 * "invalid" (fields about, policy, text), "forbidden" (account_not_eligible), "unavailable" (account_unread), "too_many" (reviews_per_day).
 */
export async function askReview(ctx: WebContext, input: AskReviewInput): Promise<Submitted> {
  await checkAccount(ctx);
  const review = parseInput(reviewInput, input);
  if (review.policy !== null && (await findPolicy(ctx.policy.policies, review.policy)) === null) throw new DomainError("invalid", "form", { policy: "review_policy" });
  const { personId } = ctx.actor;
  const { hasMail } = await ctx.db.person.findUniqueOrThrow({ where: { id: personId }, select: { hasMail: true } });
  return await oncePerKind(ctx, "consent", async (fresh) => {
    const receivedAt = ctx.now();
    const today = await ctx.db.request.count({ where: { personId, kind: "consent", receivedAt: { gt: new Date(receivedAt.getTime() - day) } } });
    if (today >= reviewsPerDay) throw new DomainError("too_many", "reviews_per_day");
    const entry = { via: "portal", receivedAt, enteredById: null, evidence: null, audit: [record("submitted", "subject", personId, { kind: "consent" })] } as const;
    const letters = [...toPerson("received", hasMail), ...toOfficer("dpo-new")];
    await openReviewed(ctx, { ...fresh, kind: "consent", scope: review }, { ...entry, letters }, () => Promise.resolve());
  });
}
