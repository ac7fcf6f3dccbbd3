import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { parseReference } from "#lib/requests/reference.ts";

/** A case people of the desk may look at, their own too. Throws "not_found" for everybody else. */
export async function findCaseToRead({ actor, db }: WebContext, reference: unknown): Promise<string> {
  const known = actor.role !== null ? parseReference(reference) : null;
  const row = known ? await db.request.findUnique({ where: { reference: known, kind: "erasure" }, select: { id: true } }) : null;
  if (!row) throw new DomainError("not_found", "request");
  return row.id;
}
