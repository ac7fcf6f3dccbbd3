import { appendAudit } from "#lib/audit/append.ts";
import type { Prisma, PrismaClient } from "#lib/db/generated/client.ts";
import type { RequestKind, RequestState, RequestVia } from "#lib/db/generated/enums.ts";
import type { ExportScope } from "#lib/kinds/kind.ts";
import type { WorkerContext } from "#lib/context.ts";
import type { ConsentReview } from "./consent-review.ts";
import type { ErasureOptions } from "./erasure-options.ts";
import type { AuditOrder } from "./effect.ts";
import type { RequestEvent } from "./events.ts";
import { loadFacts } from "./load-facts.ts";
import { confirmBy, decide } from "./machine.ts";
import { writeEnquiry } from "./write-enquiry.ts";
import type { LetterOrder } from "./letter-orders.ts";
import { nextReminder } from "./timing.ts";
import { inTransaction, LostRace } from "./transaction.ts";

export type ApplyContext = Pick<WorkerContext, "enqueue" | "policy" | "now"> & { readonly db: PrismaClient };
/** More writes of the same transaction, by the room whose rows they are; throwing undoes everything. */
export type Inside = (tx: Prisma.TransactionClient) => Promise<void>;

/**
 * The only writer of a request's state: state, audit record, letters and jobs in one transaction.
 * Who may do it is the verb's question. Throws DomainError "not_found", or "conflict" when the event
 * cannot happen to the request as it stands (also after losing a race: the row is read again then).
 */
export async function apply(ctx: ApplyContext, requestId: string, event: RequestEvent, inside?: Inside): Promise<{ to: RequestState }> {
  return await inTransaction(ctx.db, async (tx) => {
    const now = ctx.now();
    const request = await loadFacts(tx, requestId);
    const { to, wakeAt, set, audit, letters, jobs, enquiry } = decide(request, event, now, ctx.policy);

    // Every column a decision rests on: who comes second finds it changed and decides again.
    const { state, wakeAt: woken, frozenAt, erasure, dueAt, clock: { extendedAt, askedAt, pausedAt } } = request;
    const { count } = await tx.request.updateMany({
      where: {
        id: requestId, state, wakeAt: woken, frozenAt, dueAt, extendedAt, askedAt, pausedAt, agreedById: erasure?.agreedById ?? null, heldAt: erasure?.heldAt ?? null, notBefore: erasure?.notBefore ?? null,
      },
      data: { ...set, state: to, wakeAt },
    });
    if (count !== 1) throw new LostRace();
    if (enquiry) await writeEnquiry(tx, requestId, enquiry, now);

    await inside?.(tx);
    await writeLetters(ctx, tx, requestId, letters, now);
    for (const { data, ...order } of audit) {
      await appendAudit(tx, { ...order, at: now, requestId, data: { ...data, from: state, to } });
    }
    for (const job of jobs) await ctx.enqueue(tx, job);
    return { to };
  });
}

export interface NewRequest {
  readonly reference: string;
  readonly kind: RequestKind;
  readonly personId: string;
  readonly scope: ExportScope | ErasureOptions | ConsentReview;
  /** Of an erasure: the numbers it is asked on, and why two operators must agree. */
  readonly planId?: string;
  readonly risks?: readonly string[];
  readonly due: { readonly on: Date; readonly at: Date };
}

/** The first state. The unique `openKey` lets only one request of a kind and person be open: the loser gets P2002. */
export async function open(ctx: ApplyContext, fresh: NewRequest, inside: (tx: Prisma.TransactionClient, requestId: string) => Promise<void>): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const now = ctx.now();
    const { id } = await tx.request.create({
      data: {
        reference: fresh.reference,
        kind: fresh.kind,
        personId: fresh.personId,
        openKey: openKey(fresh.personId, fresh.kind),
        scope: stored(fresh.scope),
        planId: fresh.planId ?? null,
        risks: [...(fresh.risks ?? [])],
        state: "unconfirmed",
        receivedAt: now,
        dueOn: fresh.due.on,
        dueAt: fresh.due.at,
        wakeAt: confirmBy(now),
      },
      select: { id: true },
    });
    await inside(tx, id);
    await appendAudit(tx, { at: now, event: "submitted", actor: "subject", actorId: fresh.personId, requestId: id, data: { kind: fresh.kind } });
  });
}

/** Of a request that needs no code of the second channel: how it came, and when. */
export interface Entry {
  readonly via: RequestVia;
  readonly receivedAt: Date;
  readonly enteredById: string | null;
  readonly evidence: string | null;
  readonly audit: readonly AuditOrder[];
  readonly letters: readonly LetterOrder[];
}

/** The first state where no code is asked for: somebody vouches for who asks, or all that follows is an answer. It waits for its decision at once. */
export async function openReviewed(ctx: ApplyContext, fresh: NewRequest, entry: Entry, inside: (tx: Prisma.TransactionClient, requestId: string) => Promise<void>): Promise<void> {
  const { audit, letters, ...columns } = entry;
  await inTransaction(ctx.db, async (tx) => {
    const now = ctx.now();
    const { reference, kind, personId, due } = fresh;
    const { id } = await tx.request.create({
      data: {
        ...columns, reference, kind, personId,
        openKey: openKey(personId, kind), scope: stored(fresh.scope), planId: fresh.planId ?? null, risks: [...(fresh.risks ?? [])],
        state: "review", confirmedAt: now, dueOn: due.on, dueAt: due.at, wakeAt: nextReminder(due.at, now),
      },
      select: { id: true },
    });
    await inside(tx, id);
    await writeLetters(ctx, tx, id, letters, now);
    for (const order of audit) await appendAudit(tx, { ...order, at: now, requestId: id });
    if (kind === "export") await ctx.enqueue(tx, { queue: "request.count", data: { requestId: id } });
  });
}

function stored(scope: NewRequest["scope"]): Prisma.InputJsonObject {
  return "kinds" in scope ? { ...scope, kinds: [...scope.kinds] } : { ...scope };
}

export function openKey(personId: string, kind: RequestKind): string {
  return `${personId}:${kind}`;
}

async function writeLetters(ctx: ApplyContext, tx: Prisma.TransactionClient, requestId: string, letters: readonly LetterOrder[], createdAt: Date): Promise<void> {
  if (letters.length === 0) return;
  const rows = await tx.letter.createManyAndReturn({
    data: letters.map((order) => ({ ...order, requestId, createdAt })),
    skipDuplicates: true,
    select: { id: true },
  });
  for (const { id } of rows) await ctx.enqueue(tx, { queue: "letter.send", data: { letterId: id } });
}
