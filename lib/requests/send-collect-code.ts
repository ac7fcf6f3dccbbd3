import { appendAudit } from "#lib/audit/append.ts";
import { RetryLater } from "#lib/errors.ts";
import { collectLetter } from "#lib/mail/letters/ask-code.ts";
import { MailRefused, MailUnavailable } from "#lib/mail/mailer.ts";
import { languageOf } from "#lib/messages/languages.ts";
import { provedAddress } from "./proved-address.ts";
import { codeRules, deriveCode, hashCode } from "./code.ts";
import { grouped } from "./crockford.ts";
import type { SendCodeContext } from "./send-code.ts";
import { inTransaction } from "./transaction.ts";

/**
 * The code to fetch a copy with, for who cannot sign in: to the address that proved the request and nowhere else. The hash is
 * stored before it leaves; a repeat carries the same code. Throws RetryLater("code_unsent").
 */
export async function sendCollectCode(ctx: SendCodeContext, { codeId }: { readonly codeId: string }): Promise<void> {
  const row = await ctx.db.code.findUnique({ where: { id: codeId }, include: { request: { include: { person: true } } } });
  if (!row || row.sentAt || row.request.via !== "form" || row.request.state !== "ready" || row.request.frozenAt) return;
  const { id: requestId, reference, person } = row.request;
  const [to] = await provedAddress(ctx, requestId);
  if (to === undefined) return;
  const code = deriveCode(ctx.secret, row.nonce);
  await ctx.db.code.update({ where: { id: codeId }, data: { hash: hashCode(ctx.secret, codeId, code) } });
  const now = ctx.now();
  const expiresAt = new Date(now.getTime() + codeRules.validFor);
  const letter = collectLetter({ reference, code: grouped(code), expiresAt }, ctx.policy, now, languageOf(person, ctx.policy));
  try {
    await ctx.mailer.send({ to, ...letter, messageId: `<${codeId}@${new URL(ctx.policy.portalUrl).hostname}>` });
  } catch (cause) {
    if (cause instanceof MailUnavailable) throw new RetryLater("code_unsent", { cause });
    if (!(cause instanceof MailRefused)) throw cause;
    ctx.log.error("code_mail_unsent", cause, { code: codeId });
    return;
  }
  await inTransaction(ctx.db, async (tx) => {
    const { count } = await tx.code.updateMany({ where: { id: codeId, sentAt: null }, data: { sentAt: now, expiresAt } });
    if (count === 1) await appendAudit(tx, { at: now, event: "code_sent", actor: "worker", requestId, data: { notice: false, mails: 1 } });
  });
}
