import type { Prisma } from "#lib/db/generated/client.ts";
import type { RequestKind } from "#lib/db/generated/enums.ts";
import { DomainError } from "#lib/errors.ts";
import { kindsByDefault, type ExportScope } from "#lib/kinds/kind.ts";
import type { ConsentReview } from "./consent-review.ts";
import { openReviewed, type ApplyContext, type Entry, type NewRequest } from "./apply.ts";
import { legalDue } from "./deadline.ts";
import type { ErasureOptions } from "./erasure-options.ts";
import { newReference } from "./reference.ts";
import { isTaken } from "./transaction.ts";

/** Everything the law gives without a decision on a single kind; whoever wants less or more says so to the officer. */
const wholeCopy: ExportScope = { kinds: kindsByDefault, from: null, to: null, mediaFiles: true };
/** The mildest: nothing before its time, and no message is touched that nobody asked about. */
const plainErasure: ErasureOptions = { redact: false, suspend: false, leaveNow: false };

interface Asked {
  readonly mxid: string;
  readonly kind: RequestKind;
  /** Of a request about consent: what they ask, in their words or in those of who entered it. */
  readonly words: string;
  readonly entry: Entry;
}

function scopeOf({ kind, words }: Asked): NewRequest["scope"] {
  if (kind === "consent") return { about: "question", policy: null, text: words } satisfies ConsentReview;
  return kind === "erasure" ? plainErasure : wholeCopy;
}

/**
 * A request of somebody who did not sign in: their row where there is none yet, and the request in review. Of an erasure the
 * numbers are read afterwards (make-plan.ts, with the risks) and nobody approves before they are there. Throws "conflict"
 * (open_already) where the person has an open request of the kind.
 */
export async function openEntered(ctx: ApplyContext, asked: Asked, inside: (tx: Prisma.TransactionClient, requestId: string) => Promise<void>): Promise<{ readonly reference: string }> {
  const { mxid, kind, entry } = asked;
  await ctx.db.person.createMany({ data: { mxid, firstSeenAt: ctx.now() }, skipDuplicates: true });
  const { id: personId } = await ctx.db.person.findUniqueOrThrow({ where: { mxid }, select: { id: true } });
  const due = legalDue(entry.receivedAt, ctx.policy);
  for (;;) {
    const reference = newReference();
    const plan = kind === "erasure" ? await ctx.db.erasurePlan.create({ data: { personId, askedAt: ctx.now() }, select: { id: true } }) : null;
    const fresh: NewRequest = { reference, kind, personId, scope: scopeOf(asked), due: { on: new Date(due.due), at: due.dueAt }, ...(plan ? { planId: plan.id } : {}) };
    try {
      await openReviewed(ctx, fresh, entry, async (tx, requestId) => {
        await inside(tx, requestId);
        if (plan) await ctx.enqueue(tx, { queue: "erasure.plan", data: { planId: plan.id } });
      });
      return { reference };
    } catch (error) {
      if (plan) await ctx.db.erasurePlan.deleteMany({ where: { id: plan.id, request: null } });
      if (isTaken(error, "openKey")) throw new DomainError("conflict", "open_already");
      if (!isTaken(error, "reference")) throw error;
    }
  }
}
