import type { Actor } from "#lib/context.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import type { DoorContext } from "./door-context.ts";
import { movedEnd } from "./lifetime.ts";
import { roleOf } from "./roles.ts";
import { standing, type RefusedState } from "./standing.ts";

/** An account is read again when its last reading is older than this: a lock on the homeserver reaches open sessions. */
const READING_MS = 15 * 60_000;

export type SessionReading =
  | { readonly kind: "ended" }
  | { readonly kind: "checking"; readonly actor: Actor; readonly since: Date }
  | { readonly kind: "refused"; readonly state: RefusedState; readonly sessionId: string }
  | { readonly kind: "open"; readonly actor: Actor };

/** The row decides, each time: revoked, expired and refused sessions open nothing. */
export async function readSession(ctx: DoorContext, sessionId: string): Promise<SessionReading> {
  const now = ctx.now();
  const session = await ctx.db.session.findUnique({ where: { id: sessionId }, include: { person: true } });
  const found = standing(session, now);
  if (!session || found.kind === "ended") return { kind: "ended" };
  if (found.kind === "refused") return { ...found, sessionId };
  const mxid = session.person.mxid as Mxid;
  const { personId, authenticatedAt } = session;
  const role = roleOf(ctx.policy, mxid, session.person.admin);
  const actor: Actor = { personId, mxid, role, operator: role === "operator", sessionId, authenticatedAt };
  if (found.kind === "checking") return { kind: "checking", actor, since: authenticatedAt };
  await touch(ctx, session, now);
  return { kind: "open", actor };
}

interface Touched {
  readonly id: string;
  readonly authenticatedAt: Date;
  readonly expiresAt: Date;
  readonly person: { readonly accountReadAt: Date | null };
}

async function touch(ctx: DoorContext, session: Touched, now: Date): Promise<void> {
  const expiresAt = movedEnd(session, now);
  if (!expiresAt) return;
  const stale = !session.person.accountReadAt || now.getTime() - session.person.accountReadAt.getTime() > READING_MS;
  await ctx.db.$transaction(async (tx) => {
    // Of several pages read at once, one moves the end and asks; none does after a sign-out.
    const moved = await tx.session.updateMany({
      where: { id: session.id, revokedAt: null, expiresAt: session.expiresAt },
      data: { expiresAt },
    });
    if (moved.count === 1 && stale) await ctx.enqueue(tx, { queue: "account.read", data: { sessionId: session.id } });
  });
}
