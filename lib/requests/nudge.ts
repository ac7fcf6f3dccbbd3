import type { WorkerContext } from "#lib/context.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import type { Job } from "#lib/jobs/queues.ts";
import { day, minute } from "./timing.ts";

export type NudgeContext = Pick<WorkerContext, "db" | "enqueue" | "now">;

/** Old enough that its first job should have been done. */
const patience = 5 * minute;
const batch = 200;

type Find = (tx: Prisma.TransactionClient, before: Date, now: Date) => Promise<Job[]>;

/** Work that a row still asks for, whatever became of its job. A job that is waiting already stays the only one (lib/jobs). */
const forgotten: readonly Find[] = [
  async (tx, before, now) => {
    const rows = await tx.session.findMany({ where: { checkedAt: null, revokedAt: null, expiresAt: { gt: now }, authenticatedAt: { lt: before } }, ...ids });
    return rows.map(({ id }) => ({ queue: "account.read", data: { sessionId: id } }));
  },
  async (tx, before) => {
    const rows = await tx.code.findMany({ where: { sentAt: null, createdAt: { lt: before }, request: { state: "unconfirmed", frozenAt: null } }, ...ids });
    return rows.map(({ id }) => ({ queue: "code.send", data: { codeId: id } }));
  },
  async (tx, before) => {
    const rows = await tx.request.findMany({ where: { kind: "export", state: "review", countsReadAt: null, confirmedAt: { lt: before } }, ...ids });
    return rows.map(({ id }) => ({ queue: "request.count", data: { requestId: id } }));
  },
  async (tx, before) => {
    const rows = await tx.letter.findMany({ where: { state: "queued", createdAt: { lt: before } }, ...ids });
    return rows.map(({ id }) => ({ queue: "letter.send", data: { letterId: id } }));
  },
  async (tx, before) => {
    const rows = await tx.package.findMany({
      where: { removedAt: null, OR: [{ expiresAt: { lt: before } }, { request: { closedAt: { lt: before } } }] },
      ...ids,
    });
    return rows.map(({ id }) => ({ queue: "package.remove", data: { packageId: id } }));
  },
  async (tx, before, now) => {
    const rows = await tx.erasurePlan.findMany({ where: { madeAt: null, askedAt: { lt: before, gt: new Date(now.getTime() - day) } }, ...ids });
    return rows.map(({ id }) => ({ queue: "erasure.plan", data: { planId: id } }));
  },
  // A run whose worker is gone, or whose step has waited long enough.
  async (tx, _before, now) => {
    const rows = await tx.request.findMany({
      where: {
        kind: "erasure", state: "running", heldAt: null, frozenAt: null,
        OR: [{ erasure: null }, { erasure: { OR: [{ leaseUntil: null }, { leaseUntil: { lt: now } }], steps: { none: { state: "intended", wakeAt: { gt: now } } } } }],
      },
      ...ids,
    });
    return rows.map(({ id }) => ({ queue: "erasure.run", data: { requestId: id } }));
  },
  // An account that should be suspended and is not, or the other way round.
  async (tx) => {
    const rows = await tx.request.findMany({
      where: {
        kind: "erasure",
        OR: [
          { state: "grace", frozenAt: null, scope: { path: ["suspend"], equals: true }, OR: [{ erasure: null }, { erasure: { suspendedAt: null } }] },
          { OR: [{ state: { in: ["withdrawn", "denied", "expired"] } }, { state: "grace", frozenAt: { not: null } }], erasure: { suspendedAt: { not: null } } },
        ],
      },
      ...ids,
    });
    return rows.map(({ id }) => ({ queue: "erasure.suspension", data: { requestId: id } }));
  },
  async (tx, _before, now) => {
    const rows = await tx.erasureNotice.findMany({ where: { state: "waiting", nextAt: { lte: now } }, ...ids });
    return rows.map(({ id }) => ({ queue: "erasure.tell", data: { noticeId: id } }));
  },
  async (tx) => {
    const rows = await tx.request.findMany({ where: { kind: "erasure", state: "fulfilled", erasure: { memory: { not: null } } }, ...ids });
    return rows.map(({ id }) => ({ queue: "erasure.forget", data: { requestId: id } }));
  },
  async (tx, before) => {
    const rows = await tx.consentTold.findMany({ where: { state: "waiting", consent: { at: { lt: before } } }, select: { consentId: true }, orderBy: { consentId: "asc" }, take: batch });
    return rows.map(({ consentId }) => ({ queue: "consent.record", data: { consentId } }));
  },
  async (tx, before) => {
    const rows = await tx.policyPublication.findMany({ where: { notify: true, doneAt: null, publishedAt: { lt: before } }, ...ids });
    return rows.map(({ id }) => ({ queue: "policy.tell", data: { publicationId: id } }));
  },
];

const ids = { select: { id: true }, orderBy: { id: "asc" }, take: batch } as const;

/** Puts lost jobs back in the queue: an emptied queue is healed from the rows alone. Returns how many. */
export async function nudge(ctx: NudgeContext): Promise<number> {
  const now = ctx.now();
  const before = new Date(now.getTime() - patience);
  let nudged = 0;
  for (const find of forgotten) {
    nudged += await ctx.db.$transaction(async (tx) => {
      const jobs = await find(tx, before, now);
      for (const job of jobs) await ctx.enqueue(tx, job);
      return jobs.length;
    });
  }
  return nudged;
}
