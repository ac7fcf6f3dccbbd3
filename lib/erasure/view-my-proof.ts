import type { WebContext } from "#lib/context.ts";
import { findMine } from "#lib/requests/find.ts";

/** The holder's proof (the salt of the certificate's hash), for the person alone; null while there is none. Throws "not_found". */
export async function viewMyProof(ctx: WebContext, reference: string): Promise<string | null> {
  const { id } = await findMine(ctx, reference);
  const row = await ctx.db.certificate.findUnique({ where: { requestId: id }, select: { salt: true } });
  return row?.salt ?? null;
}
