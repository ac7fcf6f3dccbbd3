import { appendAudit } from "#lib/audit/append.ts";
import type { WorkerContext } from "#lib/context.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import { endedBy } from "./retention.ts";
import { erasedPrefix } from "./erased-prefix.ts";
import { day } from "./timing.ts";
import { inTransaction } from "./transaction.ts";

export type PurgeContext = Pick<WorkerContext, "db" | "policy" | "now">;

const batch = 100;
/** While one of these stands, the person's row does. What follows a person when they go is not here. */
const refersToPerson = ["sessions", "requests", "decisions", "agreements", "holds", "entered", "assigned", "extensions", "notes", "attachments", "enquiries", "consents", "looksAt"] as const satisfies readonly (keyof Prisma.PersonWhereInput)[];

/**
 * Art. 5(1)(e): nothing is kept longer than the table in retention.ts says. Requests go with their codes,
 * letters and packages' rows, persons when nothing refers to them any more; the audit record stays and is
 * pseudonymous from then on. A request whose package still lies in the storage waits for its removal.
 */
export async function purge(ctx: PurgeContext): Promise<void> {
  const now = ctx.now();
  const ended = (model: Prisma.ModelName) => ({ lte: endedBy(model, ctx.policy, now) });
  await ctx.db.spentToken.deleteMany({ where: { expiresAt: ended("SpentToken") } });
  await ctx.db.session.deleteMany({ where: { OR: [{ expiresAt: ended("Session") }, { revokedAt: ended("Session") }] } });
  await ctx.db.erasurePlan.deleteMany({ where: { request: null, askedAt: ended("ErasurePlan") } });
  await ctx.db.publicAsk.deleteMany({ where: { request: null, askedAt: ended("PublicAsk") } });
  await ctx.db.feedToken.deleteMany({ where: { revokedAt: ended("FeedToken") } });
  await purgeRequests(ctx, now);
  // Whose account is erased and whose last request is gone has agreed to nothing that anybody could still ask about.
  await ctx.db.consentRecord.deleteMany({ where: { person: { mxid: { startsWith: erasedPrefix }, requests: { none: {} } } } });
  const yesterday = new Date(now.getTime() - day);
  await ctx.db.person.deleteMany({
    where: { ...Object.fromEntries(refersToPerson.map((relation) => [relation, { none: {} }])), firstSeenAt: { lte: yesterday } },
  });
}

async function purgeRequests(ctx: PurgeContext, now: Date): Promise<void> {
  const closedAt = { lte: endedBy("Request", ctx.policy, now) };
  const rows = await ctx.db.request.findMany({
    where: { closedAt, packages: { none: { removedAt: null } } },
    select: { id: true },
    orderBy: { closedAt: "asc" },
    take: batch,
  });
  for (const { id } of rows) {
    await inTransaction(ctx.db, async (tx) => {
      const { count } = await tx.request.deleteMany({ where: { id } });
      if (count === 1) await appendAudit(tx, { at: now, event: "purged", actor: "clock", requestId: id });
    });
  }
}
