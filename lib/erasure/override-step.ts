import { z } from "zod";
import { appendAudit } from "#lib/audit/append.ts";
import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { findCase } from "#lib/requests/find.ts";
import { inTransaction } from "#lib/requests/transaction.ts";
import { stepNames } from "./step-names.ts";

/** Without its memory nothing later in an erasure can be done: it is tried again, never left out. */
const overridable: readonly string[] = stepNames.filter((name) => name !== "remember");
const shortest = 10;
const longest = 2000;

const input = z.object({ reference: z.unknown(), step: z.string(), reason: z.string() });

/**
 * An operator lets a failed step be left out, in words that stand on the certificate; the erasure goes on when they let it be
 * tried again. Throws "not_found", "forbidden" (own_case), "invalid" (fields), "conflict" (step_not_failed).
 */
export async function overrideStep(ctx: WebContext, given: unknown): Promise<{ reference: string }> {
  const read = input.safeParse(given);
  const { id: requestId, reference } = await findCase(ctx, read.data?.reference);
  const { step, reason } = read.success ? read.data : { step: "", reason: "" };
  if (!overridable.includes(step)) throw new DomainError("invalid", "form", { step: "step_unknown" });
  const words = reason.toWellFormed().trim();
  if (words.length < shortest) throw new DomainError("invalid", "form", { reason: "override_reason_short" });
  if (words.length > longest) throw new DomainError("invalid", "form", { reason: "override_reason_long" });
  await inTransaction(ctx.db, async (tx) => {
    // Against a retry at the same moment: whoever gets the row first.
    const [row] = await tx.$queryRaw<{ state: string }[]>`SELECT "state"::text AS "state" FROM "Request" WHERE "id" = ${requestId}::uuid FOR UPDATE`;
    const { count } = row?.state === "failed"
      ? await tx.erasureStep.updateMany({ where: { requestId, name: step, state: "failed" }, data: { state: "overridden", overriddenById: ctx.actor.personId, overrideReason: words, wakeAt: null } })
      : { count: 0 };
    if (count !== 1) throw new DomainError("conflict", "step_not_failed");
    // Not the words: they are the operator's, and may name somebody.
    await appendAudit(tx, { at: ctx.now(), event: "step_overridden", actor: "operator", actorId: ctx.actor.personId, requestId, data: { step } });
  });
  return { reference };
}
