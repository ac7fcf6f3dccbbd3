import { z } from "zod";
import type { DoorContext } from "#lib/auth/door-context.ts";
import { DomainError } from "#lib/errors.ts";
import { isAskCode } from "./ask-code.ts";
import { parseCode } from "./code.ts";
import { record } from "./effect.ts";
import { toOfficer } from "./letter-orders.ts";
import { openEntered } from "./open-entered.ts";
import { askRules } from "./timing.ts";

export type ConfirmAskContext = Pick<DoorContext, "db" | "enqueue" | "policy" | "secret" | "now">;

/**
 * The code that went to the address of the account: it is the proof and the confirmation, so the request waits for its
 * decision at once, with the legal clock from the day the form came in. Every guess is paid for before it is compared; a wrong
 * code, an unknown ask and one that is over are one and the same refusal. Throws "invalid" (ask_wrong), "conflict" (open_already).
 */
export async function confirmAsk(ctx: ConfirmAskContext, input: { readonly ask: unknown; readonly code: unknown }): Promise<{ readonly reference: string }> {
  const wrong = new DomainError("invalid", "form", { code: "ask_wrong" });
  const [id, typed] = [z.uuid().safeParse(input.ask).data ?? null, parseCode(input.code)];
  const paid = id !== null && typed !== null && (await payForTry(ctx, id));
  const row = id === null ? null : await ctx.db.publicAsk.findUnique({ where: { id } });
  const right = isAskCode(ctx.secret, id ?? "", typed ?? "", row?.hash ?? null);
  if (!row || !paid || !right) throw wrong;
  const entry = { via: "form", receivedAt: row.askedAt, enteredById: null, evidence: null, audit: [record("form_received", "subject", null), record("form_proved", "subject", null)] } as const;
  const letters = [{ name: "received", channel: "mail", occasion: "" } as const, ...toOfficer("dpo-new")];
  try {
    return await openEntered(ctx, { mxid: row.mxid, kind: row.kind, words: row.text ?? "", entry: { ...entry, letters } }, async (tx, requestId) => {
      // Of two with the right code one opens the request.
      const { count } = await tx.publicAsk.updateMany({ where: { id: row.id, state: "looked" }, data: { state: "proved", requestId, hash: null } });
      if (count !== 1) throw wrong;
      if (row.locale !== null) await tx.person.updateMany({ where: { mxid: row.mxid }, data: { locale: row.locale } });
    });
  } catch (error) {
    // The code was right: what stands in the way is no guess.
    if (error instanceof DomainError && error.reason === "open_already") await ctx.db.publicAsk.updateMany({ where: { id: row.id }, data: { triesLeft: askRules.tries } });
    throw error;
  }
}

async function payForTry({ db, now }: ConfirmAskContext, id: string): Promise<boolean> {
  const { count } = await db.publicAsk.updateMany({ where: { id, state: "looked", expiresAt: { gt: now() }, triesLeft: { gt: 0 } }, data: { triesLeft: { decrement: 1 } } });
  return count === 1;
}
