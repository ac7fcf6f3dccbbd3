import { z } from "zod";
import type { WebContext } from "#lib/context.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import type { ConsentVia } from "#lib/db/generated/enums.ts";
import { DomainError } from "#lib/errors.ts";
import { inTransaction } from "#lib/requests/transaction.ts";
import { appendConsent, lockLatest, type LedgerContext } from "./append.ts";
import { findPolicy, readText, type PolicyEntry, type PolicyText } from "./texts.ts";

/** The text as it was shown: `PolicyText` says all four. */
export interface ShownText {
  readonly policy: unknown;
  readonly version: unknown;
  readonly language: unknown;
  readonly hash: unknown;
}

/**
 * The person agrees to a text they were shown (Art. 7(1): it can be shown that they did). The same version again, by a
 * second click say, changes nothing. `id` is also the receipt's.
 * @throws DomainError not_found policy; conflict text_changed when this is no longer the text in force
 */
export async function giveConsent(ctx: WebContext, input: ShownText): Promise<{ id: string; policy: string }> {
  return await agree(ctx, ctx.actor.personId, "portal", input);
}

/** What giving is, whoever proved who they are. */
export async function agree(ctx: LedgerContext, personId: string, via: ConsentVia, input: ShownText): Promise<{ id: string; policy: string }> {
  const { entry, text } = await shown(ctx, input);
  const { policy, version, language, hash: textHash } = text;
  return await inTransaction(ctx.db, async (tx) => {
    const latest = await lockLatest(tx, personId, policy);
    const tell = entry.homeserver && ctx.formSecret !== null;
    if (latest?.act === "given" && latest.version === version) {
      if (tell) await tellAgain(tx, ctx, latest.id, via);
      return { id: latest.id, policy };
    }
    return { id: await appendConsent(tx, ctx, { personId, act: "given", via, policy, version, language, textHash, latest, tell, entry, actor: "subject" }), policy };
  });
}

/**
 * Agreed already, and still the homeserver asks: it was not told, did not take it, or has forgotten. Somebody who comes by
 * its link was blocked a moment ago, whatever we believe it knows.
 */
async function tellAgain(tx: Prisma.TransactionClient, ctx: LedgerContext, consentId: string, via: ConsentVia): Promise<void> {
  const told = await tx.consentTold.findUnique({ where: { consentId } });
  if (told?.state === "waiting" || (told?.state === "recorded" && via !== "homeserver_link")) return;
  const waiting = { state: "waiting", recordedAt: null, failure: null } as const;
  await tx.consentTold.upsert({ where: { consentId }, create: { consentId }, update: waiting });
  await ctx.enqueue(tx, { queue: "consent.record", data: { consentId } });
}

/** Only what is in force now can be agreed to, and only byte for byte as it was shown. */
async function shown({ policy: { policies } }: LedgerContext, input: ShownText): Promise<{ entry: PolicyEntry; text: PolicyText }> {
  const entry = await findPolicy(policies, input.policy);
  if (entry === null) throw new DomainError("not_found", "policy");
  const language = z.string().safeParse(input.language).data ?? "";
  const text = input.version === entry.current ? await readText(policies, entry, entry.current, language) : null;
  if (text === null || text.language !== language || text.hash !== input.hash) throw new DomainError("conflict", "text_changed");
  return { entry, text };
}
