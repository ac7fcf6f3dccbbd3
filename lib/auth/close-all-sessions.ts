import { appendAudit } from "#lib/audit/append.ts";
import type { WebContext } from "#lib/context.ts";

/** Sign out everywhere: every open session of the person, this one included. Returns how many ended. */
export async function closeAllSessions(ctx: WebContext): Promise<number> {
  return await ctx.db.$transaction(async (tx) => {
    const now = ctx.now();
    const { personId } = ctx.actor;
    const { count } = await tx.session.updateMany({ where: { personId, revokedAt: null }, data: { revokedAt: now } });
    if (count) await appendAudit(tx, { at: now, event: "session_closed", actor: "subject", actorId: personId, data: { sessions: count } });
    return count;
  });
}
