import type { DoorContext } from "#lib/auth/door-context.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { DomainError } from "#lib/errors.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import { agree, type ShownText } from "./give-consent.ts";
import { readLink } from "./link.ts";

/**
 * Agreeing by the link of the homeserver's consent error, without signing in: whoever holds the link may do this one
 * thing, as at the homeserver's own page.
 * @throws DomainError forbidden consent_link for any link that is not right, whatever is wrong with it; else as giveConsent
 */
export async function giveByLink(ctx: DoorContext, input: ShownText & { readonly u: unknown; readonly h: unknown }): Promise<{ id: string; policy: string }> {
  const mxid = readLink(ctx.formSecret, ctx.policy.serverName, input);
  if (mxid === null) throw new DomainError("forbidden", "consent_link");
  return await agree(ctx, await personOf(ctx.db, mxid, ctx.now()), "homeserver_link", input);
}

async function personOf(db: PrismaClient, mxid: Mxid, firstSeenAt: Date): Promise<string> {
  await db.person.createMany({ data: { mxid, firstSeenAt }, skipDuplicates: true });
  return (await db.person.findUniqueOrThrow({ where: { mxid }, select: { id: true } })).id;
}
