import type { Account } from "#lib/matrix/homeserver.ts";
import { grouped } from "#lib/requests/crockford.ts";
import type { ErasureOptions } from "#lib/requests/erasure-options.ts";
import { viewReview } from "#lib/requests/consent-review.ts";
import { recoveryCode } from "#lib/requests/recovery.ts";
import { notMeKey } from "#lib/requests/not-me-key.ts";
import { rulingsOf } from "#lib/requests/wishes.ts";
import type { LetterFacts } from "./letters/facts.ts";
import { clockFacts, isAboutClock } from "./clock-facts.ts";
import type { LetterWithRequest, SendContext } from "./send.ts";

/** What the letter says, read now. null when events have overtaken it and it would no longer be true. */
export async function letterFacts(ctx: SendContext, letter: LetterWithRequest, account: Account | null): Promise<LetterFacts | null> {
  const { request } = letter;
  const base: LetterFacts = {
    reference: request.reference,
    kind: request.kind,
    displayName: account?.displayName ?? null,
    policy: ctx.policy,
    notMeKey: notMeKey(ctx.secret, request.id),
    at: letter.createdAt,
    now: ctx.now(),
    dueAt: request.dueAt,
    pausedAt: request.pausedAt,
    via: request.via,
    ...(request.kind === "erasure" ? { erasure: erasureOf(ctx, request) } : {}),
  };
  if (isAboutClock(letter.name)) return await clockFacts(ctx, letter, base);
  if (letter.name === "erasure-held") return request.heldAt === null ? null : { ...base, hold: { reason: request.holdReason ?? "", text: request.holdText ?? "" } };
  // Stopped, held or begun meanwhile: a date that no longer holds is not sent.
  if (letter.name === "erasure-scheduled" || letter.name === "erasure-reminder") return request.state === "grace" && !request.heldAt ? base : null;
  if (letter.name === "ready") {
    const built = await ctx.db.package.findFirst({ where: { requestId: request.id, wrappedKey: { not: null } }, orderBy: { builtAt: "desc" } });
    return built ? { ...base, package: { bytes: Number(built.bytes), expiresAt: built.expiresAt } } : null;
  }
  if (letter.name === "denied") {
    return request.denialReason === null ? null : { ...base, denial: { reason: request.denialReason, text: request.denialText ?? "" } };
  }
  if (letter.name === "replied") return await replyFacts(ctx, letter, base);
  if (letter.name === "approved") return { ...base, rulings: rulingsOf(request) };
  return request.failure === null ? base : { ...base, failure: request.failure };
}

function erasureOf({ secret }: SendContext, { id, notBefore, scope }: LetterWithRequest["request"]): LetterFacts["erasure"] {
  const { redact, suspend } = scope as unknown as ErasureOptions;
  return { notBefore, redact, suspend, recoveryCode: grouped(recoveryCode(secret, id)) };
}

async function replyFacts({ db }: SendContext, { request }: LetterWithRequest, base: LetterFacts): Promise<LetterFacts | null> {
  const review = viewReview(request);
  if (!review || review.answer === null || request.decidedAt === null) return null;
  const { about, policy, answer } = review;
  const { personId, decidedAt } = request;
  const recorded = policy !== null && (await db.consentRecord.count({ where: { personId, policy, act: "withdrawn", via: "officer", at: { gte: decidedAt } } })) > 0;
  return { ...base, reply: { about, text: answer, recorded } };
}
