import { appendAudit } from "#lib/audit/append.ts";
import type { WebContext } from "#lib/context.ts";
import { minute } from "./timing.ts";
import { inTransaction } from "./transaction.ts";

/** What of a person's can be opened on the desk: words under oversight.looks.opened.*. */
export type Looked = "case" | "plan" | "attachment";

/** Reading a page again, or walking through its parts, is one look. */
const sameLookMs = 15 * minute;

/**
 * Art. 5(2), C-579/21: who of the privacy team looked at whose case is recorded, and told to that person (who-looked.ts and
 * their copy). Called by the verb that hands the data out, before it does: no record, no data. One's own case is no look.
 */
export async function recordLook({ db, actor, now }: WebContext, seen: { readonly subjectId: string; readonly requestId: string; readonly what: Looked }): Promise<void> {
  const { subjectId, requestId, what } = seen;
  const { personId: viewerId, role } = actor;
  if (role === null || viewerId === subjectId) return;
  const at = now();
  const earlier = await db.staffView.count({ where: { viewerId, requestId, what, at: { gt: new Date(at.getTime() - sameLookMs) } } });
  if (earlier > 0) return;
  await inTransaction(db, async (tx) => {
    await tx.staffView.create({ data: { at, viewerId, role, subjectId, requestId, what } });
    await appendAudit(tx, { at, event: "looked", actor: "operator", actorId: viewerId, requestId, data: { what, role } });
  });
}
