import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { openReviewed } from "./apply.ts";
import type { ConsentReview } from "./consent-review.ts";
import { record } from "./effect.ts";
import { toOfficer, toPerson } from "./letter-orders.ts";
import { oncePerKind, type Submitted } from "./submit-once.ts";
import { reviewsPerDay, day } from "./timing.ts";

/**
 * A question, an objection or a withdrawal that needs a human. No code is asked for: taking back is to be as easy as giving
 * was (Art. 7(3)), and all that follows is an answer to the account that asked. Throws "too_many" (reviews_per_day).
 */
export async function submitReview(ctx: WebContext, review: ConsentReview): Promise<Submitted> {
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
