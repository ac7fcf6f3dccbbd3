import type { WebContext } from "#lib/context.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import type { RequestKind } from "#lib/db/generated/enums.ts";
import { DomainError } from "#lib/errors.ts";
import { open, openKey, type NewRequest } from "./apply.ts";
import { legalDue } from "./deadline.ts";
import { checkDailyCodes, orderCode } from "./order-code.ts";
import { newReference } from "./reference.ts";
import { isTaken } from "./transaction.ts";

/** `existing`: the person had an open one already, and this is it. */
export interface Submitted {
  readonly reference: string;
  readonly existing: boolean;
}

type Asked = Pick<NewRequest, "kind" | "scope"> & Partial<Pick<NewRequest, "planId" | "risks">>;

/**
 * One open request of a kind and person, also under a double click: whoever comes second gets the first one's reference.
 * Throws DomainError "too_many" (codes_per_day).
 */
export async function submitOnce(ctx: WebContext, asked: Asked, inside?: (tx: Prisma.TransactionClient) => Promise<void>): Promise<Submitted> {
  const { personId } = ctx.actor;
  return await oncePerKind(ctx, asked.kind, async (fresh) => {
    await checkDailyCodes(ctx, ctx.db, personId);
    await open(ctx, { ...asked, ...fresh }, async (tx, requestId) => {
      await inside?.(tx);
      await orderCode(ctx, tx, requestId);
    });
  });
}

/** `openAs` writes the new request under the reference and the legal date it is given, by its unique `openKey`. */
export async function oncePerKind(ctx: WebContext, kind: RequestKind, openAs: (fresh: Pick<NewRequest, "reference" | "personId" | "due">) => Promise<void>): Promise<Submitted> {
  const { personId } = ctx.actor;
  const due = legalDue(ctx.now(), ctx.policy);
  for (;;) {
    const earlier = await ctx.db.request.findUnique({ where: { openKey: openKey(personId, kind) } });
    if (earlier) return { reference: earlier.reference, existing: true };
    const reference = newReference();
    try {
      await openAs({ reference, personId, due: { on: new Date(due.due), at: due.dueAt } });
      return { reference, existing: false };
    } catch (error) {
      if (!isTaken(error, "openKey") && !isTaken(error, "reference")) throw error;
    }
  }
}

/** Suspended people keep their rights; locked, deactivated, guest and bridge accounts have another way (the door says which). */
export async function checkAccount({ db, actor }: WebContext): Promise<void> {
  const { accountState } = await db.person.findUniqueOrThrow({ where: { id: actor.personId }, select: { accountState: true } });
  if (!accountState) throw new DomainError("unavailable", "account_unread");
  if (accountState !== "active" && accountState !== "suspended") throw new DomainError("forbidden", "account_not_eligible");
}
