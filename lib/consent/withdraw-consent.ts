import type { WebContext } from "#lib/context.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import { DomainError } from "#lib/errors.ts";
import { inTransaction } from "#lib/requests/transaction.ts";
import { appendConsent, lockLatest, type LedgerContext } from "./append.ts";
import { findPolicy, type PolicyEntry } from "./texts.ts";

/**
 * The person takes back what they agreed to (Art. 7(3): as easily as it was given). Where the homeserver asks for this
 * text it is told, and blocks the account at the next message. Nothing is written when nothing was agreed to.
 * A policy whose folder is gone can still be withdrawn from.
 * @throws DomainError not_found policy
 */
export async function withdrawConsent(ctx: WebContext, input: { readonly policy: unknown }): Promise<{ id: string | null; policy: string }> {
  const { policy } = input;
  const { personId } = ctx.actor;
  const entry = await findPolicy(ctx.policy.policies, policy);
  if (typeof policy !== "string" || (!entry && (await ctx.db.consentRecord.count({ where: { personId, policy } })) === 0)) throw new DomainError("not_found", "policy");
  return { id: await inTransaction(ctx.db, (tx) => takeBack(tx, ctx, { personId, policy, entry, via: "portal", actor: "subject" })), policy };
}

type TakenBack = Pick<Parameters<typeof appendConsent>[2], "personId" | "policy" | "via" | "actor" | "by"> & { readonly entry: PolicyEntry | null };

/** What withdrawing is, whoever writes it down. null: nothing was in force. */
export async function takeBack(tx: Prisma.TransactionClient, ctx: LedgerContext, { entry, ...said }: TakenBack): Promise<string | null> {
  const latest = await lockLatest(tx, said.personId, said.policy);
  if (latest?.act !== "given") return null;
  const { version, language, textHash } = latest;
  return await appendConsent(tx, ctx, { ...said, act: "withdrawn", version, language, textHash, latest, tell: entry?.homeserver === true && ctx.formSecret !== null, entry });
}
