import type { Prisma } from "#lib/db/generated/client.ts";
import type { ApplyContext } from "./apply.ts";
import { DomainError } from "#lib/errors.ts";
import { codeRules, newNonce } from "./code.ts";

/** A new code and the job that sends it, in the caller's transaction. */
export async function orderCode(ctx: Pick<ApplyContext, "enqueue" | "now">, tx: Prisma.TransactionClient, requestId: string): Promise<void> {
  const { id: codeId } = await tx.code.create({
    data: { requestId, nonce: newNonce(), createdAt: ctx.now(), triesLeft: codeRules.tries },
    select: { id: true },
  });
  await ctx.enqueue(tx, { queue: "code.send", data: { codeId } });
}

/** Throws DomainError("too_many", "codes_per_day"): its sentence names the officer, so that nobody is turned away in silence. */
export async function checkDailyCodes(ctx: Pick<ApplyContext, "now">, tx: Prisma.TransactionClient, personId: string): Promise<void> {
  const since = new Date(ctx.now().getTime() - codeRules.aDay);
  const today = await tx.code.count({ where: { createdAt: { gt: since }, request: { personId } } });
  if (today >= codeRules.perDay) throw new DomainError("too_many", "codes_per_day");
}
