import { createHash } from "node:crypto";
import { appendAudit } from "#lib/audit/append.ts";
import type { WorkerContext } from "#lib/context.ts";
import type { PolicyPublication } from "#lib/db/generated/client.ts";
import { RetryLater } from "#lib/errors.ts";
import { HomeserverRefused, HomeserverUnavailable, type Mxid } from "#lib/matrix/homeserver.ts";
import { languageOf } from "#lib/messages/languages.ts";
import { policyNotice } from "#lib/mail/letters/policy-notice.ts";
import { findPolicy, readText, TextsError } from "./texts.ts";

export type TellContext = Pick<WorkerContext, "db" | "homeserver" | "policy" | "now" | "log">;

/**
 * Job `policy.tell`: a server notice to every local account that can read one, a page of the homeserver's list at a time.
 * After each page the place in the list is kept. A page begun anew after a crash reaches nobody twice: the same account
 * has the same transaction id.
 * @throws RetryLater while the homeserver is away, or the text cannot be read
 */
export async function tellPublication(ctx: TellContext, { publicationId }: { publicationId: string }): Promise<void> {
  for (;;) {
    const publication = await ctx.db.policyPublication.findUnique({ where: { id: publicationId, notify: true, doneAt: null } });
    if (publication === null) return;
    const page = await reach(() => ctx.homeserver.listAccounts(publication.cursor));
    const told = await tellPage(ctx, publication, page.accounts.filter(({ reads }) => reads).map(({ mxid }) => mxid));
    const at = ctx.now();
    await ctx.db.$transaction(async (tx) => {
      // A worker that fell behind another changes nothing.
      const data = { cursor: page.next, told: { increment: told }, doneAt: page.next === null ? at : null };
      const { count } = await tx.policyPublication.updateMany({ where: { id: publicationId, cursor: publication.cursor, doneAt: null }, data });
      if (count === 1 && page.next === null) await appendAudit(tx, { at, event: "policy_told", actor: "worker", data: { policy: publication.policy, version: publication.version, told: publication.told + told } });
    });
  }
}

async function tellPage(ctx: TellContext, { id, policy, version }: PolicyPublication, mxids: readonly Mxid[]): Promise<number> {
  const known = await ctx.db.person.findMany({ where: { mxid: { in: [...mxids] } }, select: { mxid: true, locale: true } });
  const locales = new Map(known.map(({ mxid, locale }) => [mxid, locale]));
  let told = 0;
  for (const mxid of mxids) {
    const language = languageOf({ locale: locales.get(mxid) ?? null }, ctx.policy);
    const title = await titleOf(ctx, policy, version, language);
    const txnId = createHash("sha256").update(`${id} ${mxid}`).digest("hex");
    const sent = await reach(() => ctx.homeserver.sendNotice(mxid, txnId, policyNotice(title, ctx.policy, language)), [400, 404]);
    // An account that takes no notice is passed over: the others must not wait for it.
    if (sent === null) ctx.log.warn("policy_notice_refused", { publication: id });
    else told += 1;
  }
  return told;
}

async function titleOf({ policy: { policies } }: TellContext, policy: string, version: string, language: string): Promise<string> {
  try {
    const entry = await findPolicy(policies, policy);
    const text = entry && (await readText(policies, entry, version, language));
    if (text) return text.title;
  } catch (cause) {
    if (!(cause instanceof TextsError)) throw cause;
  }
  throw new RetryLater("policy_gone");
}

/** @param passes statuses of a refusal that stand for null */
async function reach<T>(act: () => Promise<T>): Promise<T>;
async function reach<T>(act: () => Promise<T>, passes: readonly number[]): Promise<T | null>;
async function reach<T>(act: () => Promise<T>, passes: readonly number[] = []): Promise<T | null> {
  try {
    return await act();
  } catch (cause) {
    if (cause instanceof HomeserverUnavailable) throw new RetryLater("homeserver_down", { afterSeconds: cause.afterSeconds, cause });
    if (!(cause instanceof HomeserverRefused)) throw cause;
    if (passes.includes(cause.status)) return null;
    throw new RetryLater("homeserver_refused", { cause });
  }
}
