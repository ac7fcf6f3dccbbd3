import { openMemory } from "#lib/erasure/seal-memory.ts";
import { provedAddress } from "#lib/requests/proved-address.ts";
import type { Account } from "#lib/matrix/homeserver.ts";
import type { LetterWithRequest, SendContext } from "./send.ts";

/** Every verified address is told, so that a thief who added one cannot keep it quiet; nobody has more than a few. */
const mostAddresses = 5;

/**
 * The verified addresses a letter goes to. Once an erasure has begun also those the account had then, sealed for this: the last
 * letter of all is written when the homeserver has forgotten them. Empty when the letter cannot reach anybody by mail.
 */
export async function recipients(ctx: Pick<SendContext, "db" | "secret">, { requestId, request }: LetterWithRequest, account: Account | null): Promise<readonly string[]> {
  // Proved through the public form: to the address that proved it and to no other, whatever the account has by now.
  if (request.via === "form") return await provedAddress(ctx, requestId);
  const erasure = await ctx.db.erasure.findUnique({ where: { requestId }, select: { memory: true } });
  const remembered = erasure?.memory ? openMemory(ctx.secret, requestId, erasure.memory).mails : [];
  return [...new Set([...(account?.mails ?? []), ...remembered])].slice(0, mostAddresses);
}
