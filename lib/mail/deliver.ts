import { createHmac } from "node:crypto";
import { HomeserverRefused, HomeserverUnavailable, type Account, type Mxid } from "#lib/matrix/homeserver.ts";
import { languageOf } from "#lib/messages/languages.ts";
import { letterFacts } from "./send-facts.ts";
import { isForOfficer } from "./letters/officer.ts";
import type { LetterName } from "./letters/names.ts";
import { renderLetter, type RenderedLetter } from "./letters/render.ts";
import { recipients } from "./send-recipients.ts";
import { MailRefused, MailUnavailable } from "./mailer.ts";
import type { LetterWithRequest, SendContext } from "./send.ts";

/** `failure` is a key under failures.*. */
export type Outcome =
  | { readonly is: "sent" }
  | { readonly is: "skipped"; readonly failure: string }
  | { readonly is: "refused"; readonly failure: string }
  | { readonly is: "unavailable"; readonly failure: string; readonly afterSeconds: number | null };

export async function deliver(ctx: SendContext, letter: LetterWithRequest): Promise<Outcome> {
  try {
    const name = letter.name as LetterName;
    const account = isForOfficer(name) ? null : await ctx.homeserver.account(letter.request.person.mxid as Mxid);
    const facts = await letterFacts(ctx, letter, account);
    if (facts === null) return { is: "skipped", failure: "letter_overtaken" };
    const rendered = renderLetter(name, facts, isForOfficer(name) ? ctx.policy.language : languageOf(letter.request.person, ctx.policy));
    if (isForOfficer(name)) return await mailTo(ctx, letter, rendered, [ctx.policy.dpoMail]);
    if (letter.channel === "notice" && letter.request.via === "form") return { is: "skipped", failure: "mail_only" };
    if (letter.channel === "notice") return account ? await notice(ctx, letter, rendered, account) : { is: "skipped", failure: "account_gone" };
    const addresses = await recipients(ctx, letter, account);
    if (account === null && addresses.length === 0) return { is: "skipped", failure: "account_gone" };
    return await mailTo(ctx, letter, rendered, addresses);
  } catch (error) {
    if (error instanceof HomeserverUnavailable) return { is: "unavailable", failure: "homeserver_down", afterSeconds: error.afterSeconds };
    // A token that lost its rights is for the operator to mend: the letter waits.
    if (error instanceof HomeserverRefused && (error.status === 401 || error.status === 403)) return { is: "unavailable", failure: "homeserver_refused", afterSeconds: null };
    if (error instanceof HomeserverRefused) return { is: "refused", failure: "homeserver_refused" };
    if (error instanceof MailUnavailable) return { is: "unavailable", failure: "mail_down", afterSeconds: null };
    throw error;
  }
}

/** The row's id is the transaction id: the homeserver answers a repeat with the first event. */
async function notice(ctx: SendContext, letter: LetterWithRequest, rendered: RenderedLetter, account: Account): Promise<Outcome> {
  if (account.deactivated) return { is: "skipped", failure: "account_gone" };
  await ctx.homeserver.sendNotice(account.mxid, letter.id, rendered.notice);
  return { is: "sent" };
}

async function mailTo(ctx: SendContext, letter: LetterWithRequest, rendered: RenderedLetter, addresses: readonly string[]): Promise<Outcome> {
  if (addresses.length === 0) return { is: "skipped", failure: "no_mail_address" };
  const { hostname } = new URL(ctx.policy.portalUrl);
  const served = new Set(letter.servedTo);
  for (const to of new Set(addresses)) {
    const mark = createHmac("sha256", ctx.secret).update(`letter ${letter.id} ${to}`).digest("hex").slice(0, 32);
    if (served.has(mark)) continue;
    try {
      await ctx.mailer.send({ to, subject: rendered.subject, text: rendered.text, html: rendered.html, messageId: `<${letter.id}.${mark.slice(0, 8)}@${hostname}>` });
    } catch (error) {
      if (!(error instanceof MailRefused)) throw error;
      continue;
    }
    served.add(mark);
    await ctx.db.letter.updateMany({ where: { id: letter.id }, data: { servedTo: [...served] } });
  }
  return served.size > 0 ? { is: "sent" } : { is: "refused", failure: "mail_refused" };
}
