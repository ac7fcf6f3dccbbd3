import type { WebContext } from "#lib/context.ts";
import { apply } from "#lib/requests/apply.ts";

/** This proof has fetched this package before. */
class Known extends Error {}

/**
 * One download: audit record, counter and letters, in one transaction. The letters' occasion names package, session and
 * proof; where they exist already nothing is written (apply() holds the request's row, so two at once cannot both be first).
 * @throws DomainError "conflict" when the request moved on meanwhile
 */
export async function recordDownload(ctx: WebContext, requestId: string, packageId: string): Promise<void> {
  const { personId, sessionId, authenticatedAt } = ctx.actor;
  const occasion = `${packageId} ${sessionId} ${authenticatedAt.toISOString()}`;
  const first = { requestId, name: "downloaded", occasion } as const;
  if (await ctx.db.letter.findFirst({ where: first, select: { id: true } })) return;
  try {
    await apply(ctx, requestId, { type: "downloaded", by: personId, occasion }, async (tx) => {
      if (await tx.letter.findFirst({ where: first, select: { id: true } })) throw new Known();
      await tx.package.update({ where: { id: packageId }, data: { downloads: { increment: 1 } } });
    });
  } catch (error) {
    if (!(error instanceof Known)) throw error;
  }
}
