import { appendAudit } from "#lib/audit/append.ts";
import type { WebContext } from "#lib/context.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import { findCase } from "./find.ts";
import { noteInput, parseInput } from "./inputs.ts";
import { inTransaction } from "./transaction.ts";

/**
 * What operators tell each other about a case. Never changed and never taken back: the person gets it with a copy of their data.
 * Throws "not_found", "forbidden" (own_case, role_looks, role_second), "invalid" (field text).
 */
export async function noteRequest(ctx: WebContext, input: { readonly reference: string; readonly text: unknown }): Promise<{ reference: string }> {
  const { id, reference } = await findCase(ctx, input.reference);
  const { text } = parseInput(noteInput, input);
  await inTransaction(ctx.db, async (tx) => writeNote(ctx, tx, id, text));
  return { reference };
}

export async function writeNote({ actor, now }: Pick<WebContext, "actor" | "now">, tx: Prisma.TransactionClient, requestId: string, text: string): Promise<void> {
  const at = now();
  await tx.note.create({ data: { requestId, authorId: actor.personId, at, text } });
  await appendAudit(tx, { at, event: "noted", actor: "operator", actorId: actor.personId, requestId, data: { characters: text.length } });
}
