import { appendAudit } from "#lib/audit/append.ts";
import type { WorkerContext } from "#lib/context.ts";
import { RetryLater } from "#lib/errors.ts";
import { renderLetter, type RenderedLetter } from "#lib/mail/letters/render.ts";
import { MailRefused, MailUnavailable } from "#lib/mail/mailer.ts";
import { HomeserverRefused, HomeserverUnavailable, type Account, type Mxid } from "#lib/matrix/homeserver.ts";
import { languageOf } from "#lib/messages/languages.ts";
import { codeRules, deriveCode, hashCode } from "./code.ts";
import { grouped } from "./crockford.ts";
import { notMeKey } from "./not-me-key.ts";
import { inTransaction } from "./transaction.ts";

/** As in lib/mail/deliver.ts: every verified address, though nobody has more than a few. */
const mostAddresses = 5;

export type SendCodeContext = Pick<WorkerContext, "db" | "homeserver" | "mailer" | "policy" | "secret" | "now" | "log">;

/**
 * Sends a code through the second channels: a server notice and, where there are verified addresses, mail.
 * Neither waits for the other; one of them is enough. The hash is stored before anything leaves, and the same
 * row always gives the same code and the same transaction id, so a repeat after a crash tells nobody anything new.
 * Throws RetryLater("code_unsent") when neither went.
 */
export async function sendCode(ctx: SendCodeContext, { codeId }: { readonly codeId: string }): Promise<void> {
  const row = await ctx.db.code.findUnique({ where: { id: codeId }, include: { request: { include: { person: true } } } });
  if (!row || row.sentAt || row.request.state !== "unconfirmed" || row.request.frozenAt) return;
  const { id: requestId, reference, kind, person } = row.request;
  const mxid = person.mxid as Mxid;
  const code = deriveCode(ctx.secret, row.nonce);
  await ctx.db.code.update({ where: { id: codeId }, data: { hash: hashCode(ctx.secret, codeId, code) } });

  const now = ctx.now();
  const expiresAt = new Date(now.getTime() + codeRules.validFor);
  const account = await unlessDown(ctx, codeId, () => ctx.homeserver.account(mxid));
  const { policy } = ctx;
  const facts = { reference, kind, displayName: account.value?.displayName ?? null, policy, notMeKey: notMeKey(ctx.secret, requestId), at: now, now };
  const letter = renderLetter("code", { ...facts, code: { text: grouped(code), expiresAt } }, languageOf(person, policy));
  const notice = await unlessDown(ctx, codeId, () => ctx.homeserver.sendNotice(mxid, codeId, letter.notice));
  const mails = await sendMails(ctx, codeId, account.value ?? null, letter);
  if (!notice.ok && mails === 0) {
    const afterSeconds = notice.error instanceof HomeserverUnavailable ? notice.error.afterSeconds : null;
    throw new RetryLater("code_unsent", { afterSeconds, cause: notice.error });
  }

  await inTransaction(ctx.db, async (tx) => {
    const { count } = await tx.code.updateMany({ where: { id: codeId, sentAt: null }, data: { sentAt: now, expiresAt } });
    if (count === 1) await appendAudit(tx, { at: now, event: "code_sent", actor: "worker", requestId, data: { notice: notice.ok, mails } });
  });
}

type Outcome<T> = { readonly ok: true; readonly value: T; readonly error: null } | { readonly ok: false; readonly value: null; readonly error: Error };

async function unlessDown<T>(ctx: SendCodeContext, code: string, ask: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await ask(), error: null };
  } catch (error) {
    if (!(error instanceof HomeserverUnavailable || error instanceof HomeserverRefused)) throw error;
    ctx.log.error("code_notice_unsent", error, { code });
    return { ok: false, value: null, error };
  }
}

/** How many of the verified addresses took it. */
async function sendMails(ctx: SendCodeContext, codeId: string, account: Account | null, letter: RenderedLetter): Promise<number> {
  let sent = 0;
  const { hostname } = new URL(ctx.policy.portalUrl);
  for (const [index, to] of (account?.mails ?? []).slice(0, mostAddresses).entries()) {
    const messageId = `<${codeId}.${index}@${hostname}>`;
    try {
      await ctx.mailer.send({ to, subject: letter.subject, text: letter.text, html: letter.html, messageId });
      sent += 1;
    } catch (error) {
      if (!(error instanceof MailUnavailable || error instanceof MailRefused)) throw error;
      ctx.log.error("code_mail_unsent", error, { code: codeId });
    }
  }
  return sent;
}
