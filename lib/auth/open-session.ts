import { appendAudit } from "#lib/audit/append.ts";
import { DomainError } from "#lib/errors.ts";
import type { Language } from "#lib/messages/languages.ts";
import type { DoorContext, SignInContext } from "./door-context.ts";
import { endsAt } from "./lifetime.ts";
import { openIdProof, rememberUntil, tokenHash, type OpenIdProof } from "./proof.ts";

/** More sign-ins than this of one person in SIGN_INS_MS are refused: somebody replays or a script loops. */
export const SIGN_INS = 10;
export const SIGN_INS_MS = 10 * 60_000;

interface Browser {
  readonly replaces?: string | null;
  readonly language?: Language | null;
}

/**
 * Opens a session from a Matrix OpenID proof. Throws DomainError: invalid (malformed), forbidden (wrong server,
 * refused, used before), too_many, unavailable (homeserver silent).
 * @param browser the session it had, closed when it is the same person's, and the language it reads in
 */
export async function openSession(ctx: SignInContext, input: unknown, { replaces = null, language = null }: Browser = {}): Promise<{ sessionId: string }> {
  const proof = openIdProof.safeParse(input);
  if (!proof.success) throw new DomainError("invalid", "sign_in_malformed");
  if (proof.data.matrix_server_name !== ctx.policy.serverName) throw new DomainError("forbidden", "wrong_server");
  const mxid = await ctx.verifyToken(proof.data.access_token);
  return await ctx.db.$transaction(async (tx) => {
    const now = ctx.now();
    await spend(tx, proof.data, now);
    // Not an upsert: two first sign-ins at once would both insert.
    await tx.person.createMany({ data: [{ mxid, firstSeenAt: now }], skipDuplicates: true });
    const person = await tx.person.findUniqueOrThrow({ where: { mxid }, select: { id: true } });
    const since = new Date(now.getTime() - SIGN_INS_MS);
    if ((await tx.session.count({ where: { personId: person.id, authenticatedAt: { gt: since } } })) >= SIGN_INS) {
      throw new DomainError("too_many", "too_many_sign_ins");
    }
    if (replaces) {
      await tx.session.updateMany({ where: { id: replaces, personId: person.id, revokedAt: null }, data: { revokedAt: now } });
    }
    if (language) await tx.person.update({ where: { id: person.id }, data: { locale: language } });
    const session = await tx.session.create({
      data: { personId: person.id, authenticatedAt: now, expiresAt: endsAt(now, now) },
      select: { id: true },
    });
    await ctx.enqueue(tx, { queue: "account.read", data: { sessionId: session.id } });
    await appendAudit(tx, { at: now, event: "session_opened", actor: "subject", actorId: person.id, data: {} });
    return { sessionId: session.id };
  });
}

/** Inserting the hash is the act of accepting: of two at once, the second waits for the first and inserts nothing. */
async function spend(tx: Parameters<DoorContext["enqueue"]>[0], proof: OpenIdProof, now: Date): Promise<void> {
  const spent = await tx.spentToken.createMany({
    data: [{ hash: tokenHash(proof.access_token), expiresAt: rememberUntil(proof, now) }],
    skipDuplicates: true,
  });
  if (spent.count !== 1) throw new DomainError("forbidden", "token_used");
}
