import { appendAudit } from "#lib/audit/append.ts";
import type { DoorContext } from "./door-context.ts";

/** Sign out. Closing what is closed is no error. Returns how many sessions ended. */
export async function closeSession(ctx: DoorContext, sessionId: string): Promise<number> {
  return await ctx.db.$transaction(async (tx) => {
    const now = ctx.now();
    const session = await tx.session.findUnique({ where: { id: sessionId }, select: { personId: true } });
    if (!session) return 0;
    const { count } = await tx.session.updateMany({ where: { id: sessionId, revokedAt: null }, data: { revokedAt: now } });
    if (count) await appendAudit(tx, { at: now, event: "session_closed", actor: "subject", actorId: session.personId, data: { sessions: count } });
    return count;
  });
}
