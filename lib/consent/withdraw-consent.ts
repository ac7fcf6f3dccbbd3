import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { inTransaction } from "#lib/requests/transaction.ts";
import { appendConsent, lockLatest } from "./append.ts";
import { listPolicies } from "./texts.ts";

/**
 * The person takes back what they agreed to (Art. 7(3): as easily as it was given). Where the homeserver asks for this
 * text it is told, and blocks the account at the next message. Nothing is written when nothing was agreed to.
 * A policy whose folder is gone can still be withdrawn from.
 * @throws DomainError not_found policy
 */
export async function withdrawConsent(ctx: WebContext, input: { readonly policy: unknown }): Promise<{ id: string | null; policy: string }> {
  const { policy } = input;
  const { personId } = ctx.actor;
  const entry = (await listPolicies(ctx.policy.policies)).find((each) => each.policy === policy);
  if (typeof policy !== "string" || (!entry && (await ctx.db.consentRecord.count({ where: { personId, policy } })) === 0)) throw new DomainError("not_found", "policy");
  return await inTransaction(ctx.db, async (tx) => {
    const latest = await lockLatest(tx, personId, policy);
    if (latest?.act !== "given") return { id: null, policy };
    const tell = entry?.homeserver === true && ctx.formSecret !== null;
    const { version, language, textHash } = latest;
    return { id: await appendConsent(tx, ctx, { personId, act: "withdrawn", via: "portal", policy, version, language, textHash, latest, tell, entry: entry ?? null, actor: "subject" }), policy };
  });
}
