import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { readCrockford, writeCrockford } from "./crockford.ts";
import { keyed, sameText } from "./keys.ts";
import { parseReference } from "./reference.ts";
import { minute } from "./timing.ts";

/**
 * The recovery code of a request: printed and mailed, for somebody who cannot sign in any more. It stops an erasure in its
 * grace period and opens its certificate afterwards, and does nothing else. Never stored: derived from PORTAL_SECRET.
 */
export function recoveryCode(secret: string, requestId: string): string {
  return writeCrockford(keyed(secret, "recovery", requestId));
}

export type RecoveryContext = Pick<WebContext, "db" | "secret" | "now">;

/** Forty bits, and so many guesses an hour: guessing would take longer than the portal will live. */
const guesses = 20;
const window = 60 * minute;

/**
 * Finds the request by what the person typed. Every guess is paid for before it is compared. A wrong reference, a wrong code
 * and too many tries look alike: none tells whether the reference exists. Throws DomainError "invalid" (code_format | recovery_wrong).
 */
export async function findByRecoveryCode(ctx: RecoveryContext, input: { readonly reference: unknown; readonly code: unknown }): Promise<{ readonly id: string; readonly reference: string }> {
  const known = parseReference(input.reference);
  const typed = typeof input.code === "string" ? readCrockford(input.code) : null;
  if (!typed) throw new DomainError("invalid", "code_format", { code: "code_format" });
  const row = known ? await ctx.db.request.findUnique({ where: { reference: known, kind: "erasure" }, select: { id: true, reference: true } }) : null;
  const paid = row !== null && (await payForGuess(ctx, row.id));
  if (!sameText(recoveryCode(ctx.secret, row?.id ?? ""), typed) || !row || !paid) throw new DomainError("invalid", "recovery_wrong", { code: "recovery_wrong" });
  await ctx.db.request.update({ where: { id: row.id }, data: { wrongCodes: 0, wrongCodesSince: null } });
  return row;
}

async function payForGuess({ db, now }: RecoveryContext, id: string): Promise<boolean> {
  const at = now();
  const old = { lt: new Date(at.getTime() - window) };
  await db.request.updateMany({ where: { id, OR: [{ wrongCodesSince: null }, { wrongCodesSince: old }] }, data: { wrongCodes: 0, wrongCodesSince: at } });
  const { count } = await db.request.updateMany({ where: { id, wrongCodes: { lt: guesses } }, data: { wrongCodes: { increment: 1 } } });
  return count === 1;
}
