import { appendAudit } from "#lib/audit/append.ts";
import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { nextCodeAt } from "./code.ts";
import { findMine } from "./find.ts";
import { checkDailyCodes, orderCode } from "./order-code.ts";
import { inTransaction } from "./transaction.ts";

/** A new code; the old one works until the new one has been sent. Throws "too_many" (code_pause, codes_per_request, codes_per_day), "conflict". */
export async function resendCode(ctx: WebContext, input: { readonly reference: string }): Promise<{ reference: string }> {
  const { id, reference } = await findMine(ctx, input.reference);
  await inTransaction(ctx.db, async (tx) => {
    // Two tabs at once count each other's codes only if they go one after the other.
    await tx.$queryRaw`SELECT 1 FROM "Request" WHERE "id" = ${id}::uuid FOR UPDATE`;
    const request = await tx.request.findUniqueOrThrow({
      where: { id },
      include: { codes: { select: { createdAt: true }, orderBy: { createdAt: "asc" } } },
    });
    if (request.frozenAt) throw new DomainError("conflict", "frozen");
    if (request.state !== "unconfirmed") throw new DomainError("conflict", "state_changed");
    const next = nextCodeAt(request.codes.map((code) => code.createdAt));
    if (!next) throw new DomainError("too_many", "codes_per_request");
    if (next > ctx.now()) throw new DomainError("too_many", "code_pause");
    await checkDailyCodes(ctx, tx, ctx.actor.personId);
    await orderCode(ctx, tx, id);
    await appendAudit(tx, { at: ctx.now(), event: "code_requested", actor: "subject", actorId: ctx.actor.personId, requestId: id });
  });
  return { reference };
}
