import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";

export interface UnmappedView {
  /** `table` or `table.column`. */
  readonly name: string;
  readonly firstSeenAt: Date;
}

/** The alarms of the desk, by name. Throws DomainError("not_found") for people without a role on the desk. */
export async function listUnmapped({ actor, db }: Pick<WebContext, "actor" | "db">): Promise<readonly UnmappedView[]> {
  if (actor.role === null) throw new DomainError("not_found", "request");
  return await db.unmappedData.findMany({ orderBy: { name: "asc" }, select: { name: true, firstSeenAt: true } });
}
