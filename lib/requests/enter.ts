import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { parseMxid, localpartOf, serverOf } from "#lib/matrix/mxid.ts";
import { record } from "./effect.ts";
import { enterInput, parseInput } from "./inputs.ts";
import { toPerson } from "./letter-orders.ts";
import { openEntered } from "./open-entered.ts";
import { writeNote } from "./note.ts";
import { localDay, startOf } from "./working-days.ts";

export interface EnterInput {
  readonly mxid: unknown;
  /** "export", "erasure" or "consent". */
  readonly kind: unknown;
  /** Of a request about consent: what they ask. */
  readonly words: unknown;
  /** "mail", "letter" or "other". */
  readonly via: unknown;
  /** YYYY-MM-DD: the day it came; the legal clock starts there. */
  readonly receivedOn: unknown;
  /** How the team knows that the person asked: stands on the case, and in the person's copy. */
  readonly evidence: unknown;
  /** For the case's notes; may be empty. */
  readonly note: unknown;
}

/**
 * A request that came by another way (Art. 12(2): no channel is forced on anybody), entered by an operator on the person's
 * behalf. The person is told through every channel of their account, with the link that stops it. Who entered it stands on
 * the case. Throws "not_found" (nobody of the desk), "forbidden" (role_looks, role_second, own_case), "invalid" (fields), "conflict" (open_already).
 */
export async function enterRequest(ctx: WebContext, input: EnterInput): Promise<{ reference: string }> {
  const { role, personId: by, mxid: own } = ctx.actor;
  if (role === null) throw new DomainError("not_found", "request");
  if (role !== "operator") throw new DomainError("forbidden", role === "second" ? "role_second" : "role_looks");
  const { kind, words, via, receivedOn, evidence, note } = parseInput(enterInput, input);
  const mxid = parseMxid(typeof input.mxid === "string" ? input.mxid.trim() : null);
  if (!mxid || serverOf(mxid) !== ctx.policy.serverName || localpartOf(mxid) === "") throw new DomainError("invalid", "form", { mxid: "mxid_here" });
  if (mxid === own) throw new DomainError("forbidden", "own_case");
  const { timeZone } = ctx.policy;
  const today = localDay(ctx.now(), timeZone);
  if (receivedOn > today.toString()) throw new DomainError("invalid", "form", { receivedOn: "date_future" });
  if (receivedOn < today.subtract({ years: 1 }).toString()) throw new DomainError("invalid", "form", { receivedOn: "date_old" });
  const receivedAt = startOf(receivedOn, timeZone);
  // Whether there is a verified address only the worker knows: the letter finds none and says so.
  const entry = { via, receivedAt, enteredById: by, evidence, audit: [record("entered", "operator", by, { via })], letters: toPerson("entered", true) };
  return await openEntered(ctx, { mxid, kind, words: words ?? "", entry }, async (tx, requestId) => {
    if (note !== null) await writeNote(ctx, tx, requestId, note);
  });
}
