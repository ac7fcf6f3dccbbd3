import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { open, openKey } from "./apply.ts";
import { legalDue } from "./deadline.ts";
import { exportInput, parseInput } from "./inputs.ts";
import { checkDailyCodes, orderCode } from "./order-code.ts";
import { newReference } from "./reference.ts";
import { isTaken } from "./transaction.ts";

/** `existing`: the person had an open one already, and this is it. */
export interface Submitted {
  readonly reference: string;
  readonly existing: boolean;
}

/**
 * Art. 15: asks for a copy. One open request of a kind and person, also under a double click: whoever comes
 * second gets the first one's reference. Throws DomainError "invalid" (fields), "forbidden"
 * (account_not_eligible), "unavailable" (account_unread), "too_many" (codes_per_day).
 */
export async function submitExport(ctx: WebContext, input: unknown): Promise<Submitted> {
  const { personId } = ctx.actor;
  await checkAccount(ctx);
  const scope = parseInput(exportInput, input);
  const now = ctx.now();
  // A day ahead of UTC is still today somewhere.
  const tomorrow = new Date(now.getTime() + 86_400_000).toISOString().slice(0, 10);
  if (scope.from && scope.from > tomorrow) throw new DomainError("invalid", "form", { from: "date_future" });

  const due = legalDue(now, ctx.policy);
  for (;;) {
    const earlier = await ctx.db.request.findUnique({ where: { openKey: openKey(personId, "export") } });
    if (earlier) return { reference: earlier.reference, existing: true };
    await checkDailyCodes(ctx, ctx.db, personId);
    const reference = newReference();
    try {
      const fresh = { reference, kind: "export", personId, scope, due: { on: new Date(due.due), at: due.dueAt } } as const;
      await open(ctx, fresh, (tx, requestId) => orderCode(ctx, tx, requestId));
      return { reference, existing: false };
    } catch (error) {
      if (!isTaken(error, "openKey") && !isTaken(error, "reference")) throw error;
    }
  }
}

/** Suspended people keep their rights; locked, deactivated, guest and bridge accounts have another way (the door says which). */
async function checkAccount({ db, actor }: WebContext): Promise<void> {
  const { accountState } = await db.person.findUniqueOrThrow({ where: { id: actor.personId }, select: { accountState: true } });
  if (!accountState) throw new DomainError("unavailable", "account_unread");
  if (accountState !== "active" && accountState !== "suspended") throw new DomainError("forbidden", "account_not_eligible");
}
