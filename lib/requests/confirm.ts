import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { apply } from "./apply.ts";
import { isCode, parseCode } from "./code.ts";
import { findMine } from "./find.ts";

export interface ConfirmInput {
  readonly reference: string;
  readonly code: unknown;
}

/**
 * Second channel: the newest code that was sent confirms the request. Every guess is paid for before it is
 * compared, so parallel guesses cannot exceed the tries. Throws DomainError "invalid" with the field `code`
 * (code_format, code_not_sent, code_wrong, code_expired, code_used), "too_many" (code_tries), "conflict".
 */
export async function confirmRequest(ctx: WebContext, input: ConfirmInput): Promise<{ reference: string }> {
  const request = await findMine(ctx, input.reference);
  if (request.frozenAt) throw new DomainError("conflict", "frozen");
  if (request.state !== "unconfirmed") throw new DomainError("conflict", "state_changed");
  const typed = parseCode(input.code);
  if (!typed) throw wrong("code_format");

  const { id, hash } = await payForGuess(ctx, request.id);
  if (!isCode(ctx.secret, id, typed, hash)) throw wrong("code_wrong");

  await apply(ctx, request.id, { type: "confirmed", by: ctx.actor.personId }, async (tx) => {
    await tx.code.update({ where: { id }, data: { usedAt: ctx.now() } });
  });
  return { reference: request.reference };
}

async function payForGuess(ctx: WebContext, requestId: string): Promise<{ id: string; hash: string }> {
  const now = ctx.now();
  const newest = await ctx.db.code.findFirst({
    where: { requestId, sentAt: { not: null } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  if (!newest?.hash) throw wrong("code_not_sent");
  if (newest.usedAt) throw wrong("code_used");
  if (!newest.expiresAt || newest.expiresAt <= now) throw wrong("code_expired");
  const { count } = await ctx.db.code.updateMany({
    where: { id: newest.id, triesLeft: { gt: 0 } },
    data: { triesLeft: { decrement: 1 } },
  });
  if (count !== 1) throw new DomainError("too_many", "code_tries", { code: "code_tries" });
  return { id: newest.id, hash: newest.hash };
}

function wrong(reason: string): DomainError {
  return new DomainError("invalid", reason, { code: reason });
}
