import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { parseInput, reviewInput } from "#lib/requests/inputs.ts";
import { checkAccount, type Submitted } from "#lib/requests/submit-once.ts";
import { submitReview } from "#lib/requests/submit-review.ts";
import { findPolicy } from "./texts.ts";

export interface AskReviewInput {
  /** "question", "objection" or "withdrawal". */
  readonly about: unknown;
  /** Folder of a text; "": none of them. */
  readonly policy: unknown;
  readonly text: unknown;
}

/**
 * A question, an objection (Art. 21) or a withdrawal that needs a human, to the officer: a request like the others. Throws
 * "invalid" (fields about, policy, text), "forbidden" (account_not_eligible), "unavailable" (account_unread), "too_many" (reviews_per_day).
 */
export async function askReview(ctx: WebContext, input: AskReviewInput): Promise<Submitted> {
  await checkAccount(ctx);
  const review = parseInput(reviewInput, input);
  if (review.policy !== null && (await findPolicy(ctx.policy.policies, review.policy)) === null) throw new DomainError("invalid", "form", { policy: "review_policy" });
  return await submitReview(ctx, review);
}
