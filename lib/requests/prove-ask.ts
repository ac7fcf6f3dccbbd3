import type { WorkerContext } from "#lib/context.ts";
import { RetryLater } from "#lib/errors.ts";
import { askLetter } from "#lib/mail/letters/ask-code.ts";
import { MailRefused, MailUnavailable } from "#lib/mail/mailer.ts";
import { HomeserverRefused, HomeserverUnavailable, type Account, type Mxid } from "#lib/matrix/homeserver.ts";
import { deriveAskCode, hashAskCode } from "./ask-code.ts";
import { grouped } from "./crockford.ts";
import { seal } from "./seal.ts";
import { askRules } from "./timing.ts";

export type ProveAskContext = Pick<WorkerContext, "db" | "homeserver" | "mailer" | "policy" | "secret" | "now" | "log">;

/**
 * Job `ask.prove`: only where the account is locked or deactivated and the homeserver knows a mail address, a code goes there;
 * whoever can sign in is not helped past the sign-in. The oldest verified address: one that a thief added is younger. The row
 * says `looked` in every case. The hash is stored before the mail leaves, and the same row always gives the same code.
 * @throws RetryLater when the homeserver or the mail server cannot be asked now
 */
export async function proveAsk(ctx: ProveAskContext, { askId }: { readonly askId: string }): Promise<void> {
  const row = await ctx.db.publicAsk.findUnique({ where: { id: askId } });
  if (row?.state !== "waiting") return;
  const account = await lookUp(ctx, row.mxid as Mxid);
  // As long as the row lasts (purge.ts): a code must not promise more.
  const expiresAt = new Date(row.askedAt.getTime() + askRules.validFor);
  const to = expiresAt > ctx.now() && account && (account.locked || account.deactivated) ? account.mails[0] : undefined;
  if (to !== undefined) {
    const code = deriveAskCode(ctx.secret, row.nonce);
    await ctx.db.publicAsk.update({ where: { id: askId }, data: { hash: hashAskCode(ctx.secret, askId, code), address: seal(ctx.secret, "ask", askId, to), expiresAt } });
    const letter = askLetter({ askId, kind: row.kind, code: grouped(code), expiresAt }, ctx.policy, ctx.now(), row.locale ?? ctx.policy.language);
    await mail(ctx, askId, { to, ...letter });
  }
  await ctx.db.publicAsk.updateMany({ where: { id: askId, state: "waiting" }, data: { state: "looked" } });
}

async function lookUp(ctx: ProveAskContext, mxid: Mxid): Promise<Account | null> {
  try {
    return await ctx.homeserver.account(mxid);
  } catch (cause) {
    if (cause instanceof HomeserverUnavailable) throw new RetryLater("homeserver_down", { afterSeconds: cause.afterSeconds, cause });
    // What it does not take for a name of an account is none; a token without rights is for an operator to mend.
    if (cause instanceof HomeserverRefused && cause.status !== 401 && cause.status !== 403) return null;
    if (cause instanceof HomeserverRefused) throw new RetryLater("homeserver_refused", { cause });
    throw cause;
  }
}

async function mail(ctx: ProveAskContext, askId: string, letter: { to: string; subject: string; text: string; html: string }): Promise<void> {
  try {
    await ctx.mailer.send({ ...letter, messageId: `<ask.${askId}@${new URL(ctx.policy.portalUrl).hostname}>` });
  } catch (cause) {
    if (cause instanceof MailUnavailable) throw new RetryLater("mail_down", { cause });
    if (!(cause instanceof MailRefused)) throw cause;
    ctx.log.error("ask_mail_unsent", cause, { ask: askId });
  }
}
