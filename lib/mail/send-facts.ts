import type { Account } from "#lib/matrix/homeserver.ts";
import { notMeKey } from "#lib/requests/not-me-key.ts";
import { rulingsOf } from "#lib/requests/wishes.ts";
import type { LetterFacts } from "./letters/facts.ts";
import type { LetterWithRequest, SendContext } from "./send.ts";

/** What the letter says, read now. null when events have overtaken it and it would no longer be true. */
export async function letterFacts(ctx: SendContext, letter: LetterWithRequest, account: Account | null): Promise<LetterFacts | null> {
  const { request } = letter;
  const base: LetterFacts = {
    reference: request.reference,
    displayName: account?.displayName ?? null,
    policy: ctx.policy,
    notMeKey: notMeKey(ctx.secret, request.id),
    at: letter.createdAt,
    now: ctx.now(),
    dueAt: request.dueAt,
  };
  if (letter.name === "ready") {
    const built = await ctx.db.package.findFirst({ where: { requestId: request.id, wrappedKey: { not: null } }, orderBy: { builtAt: "desc" } });
    return built ? { ...base, package: { bytes: Number(built.bytes), expiresAt: built.expiresAt } } : null;
  }
  if (letter.name === "denied") {
    return request.denialReason === null ? null : { ...base, denial: { reason: request.denialReason, text: request.denialText ?? "" } };
  }
  if (letter.name === "approved") return { ...base, rulings: rulingsOf(request) };
  return request.failure === null ? base : { ...base, failure: request.failure };
}
