import type { WebContext } from "#lib/context.ts";
import { apply } from "#lib/requests/apply.ts";
import { reviewOf } from "#lib/requests/consent-review.ts";
import { findCase } from "#lib/requests/find.ts";
import { parseInput, replyInput } from "#lib/requests/inputs.ts";
import { findPolicy } from "./texts.ts";
import { takeBack } from "./withdraw-consent.ts";

export interface AnswerReviewInput {
  readonly reference: string;
  readonly text: unknown;
  /** Ticked: the withdrawal that was asked for is written into the ledger with the answer. */
  readonly record: unknown;
}

/**
 * The officer's answer, which ends the request. A withdrawal of a text of ours can be written down with it, in the same
 * transaction: the homeserver is told and the person has their receipt, as if they had pressed the button themselves.
 * Throws "not_found", "forbidden" (own_case, role_looks, role_second), "invalid" (field text), "conflict" (state_changed, frozen).
 */
export async function answerReview(ctx: WebContext, input: AnswerReviewInput): Promise<{ reference: string }> {
  const { id, reference, ...row } = await findCase(ctx, input.reference);
  const { text, record } = parseInput(replyInput, input);
  const [by, review] = [ctx.actor.personId, reviewOf(row)];
  const policy = record && review?.about === "withdrawal" ? review.policy : null;
  const entry = await findPolicy(ctx.policy.policies, policy);
  await apply(ctx, id, { type: "replied", by, text }, async (tx) => {
    if (policy === null) return;
    const { personId } = await tx.request.findUniqueOrThrow({ where: { id }, select: { personId: true } });
    await takeBack(tx, ctx, { personId, policy, entry, via: "officer", actor: "operator", by });
  });
  return { reference };
}
