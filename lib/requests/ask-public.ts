import type { DoorContext } from "#lib/auth/door-context.ts";
import { localpartOf, parseMxid, serverOf } from "#lib/matrix/mxid.ts";
import { DomainError } from "#lib/errors.ts";
import { newNonce } from "./code.ts";
import { publicAskInput, parseInput } from "./inputs.ts";
import { askRules } from "./timing.ts";
import { inTransaction } from "./transaction.ts";

export interface AskInput {
  readonly mxid: unknown;
  /** "export", "erasure" or "consent", which needs `text`. */
  readonly kind: unknown;
  readonly text: unknown;
  /** Language of the page it was typed on. */
  readonly locale: string | null;
}

/**
 * The public form for accounts that cannot sign in. Nothing here knows accounts: a row is written and the worker looks
 * (prove-ask.ts), so that the answer and the time it takes are the same for everybody. Above so many a day for one Matrix ID
 * nothing more is written, and that is not told either. Throws "invalid" (fields mxid, kind, text).
 */
export async function askWithoutAccount(ctx: Pick<DoorContext, "db" | "enqueue" | "policy" | "now">, input: AskInput): Promise<void> {
  const { kind, text } = parseInput(publicAskInput, input);
  const mxid = parseMxid(typeof input.mxid === "string" ? input.mxid.trim() : null);
  if (!mxid || serverOf(mxid) !== ctx.policy.serverName || localpartOf(mxid) === "") throw new DomainError("invalid", "form", { mxid: "mxid_here" });
  await inTransaction(ctx.db, async (tx) => {
    const askedAt = ctx.now();
    // Counted one after the other, or many at once would all find room.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`ask ${mxid}`}, 0))`;
    const today = await tx.publicAsk.count({ where: { mxid, askedAt: { gt: new Date(askedAt.getTime() - askRules.aDay) } } });
    if (today >= askRules.perDay) return;
    const { id: askId } = await tx.publicAsk.create({ data: { mxid, kind, text, locale: input.locale, askedAt, nonce: newNonce(), triesLeft: askRules.tries }, select: { id: true } });
    await ctx.enqueue(tx, { queue: "ask.prove", data: { askId } });
  });
}
