import { z } from "zod";
import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { parseInput } from "./inputs.ts";
import { readFilter } from "./queue-filter.ts";
import { isTaken } from "./transaction.ts";

export interface SavedViewRow {
  readonly id: string;
  readonly name: string;
  /** Query of the desk's address, without a search: what was searched for may be somebody's Matrix ID. */
  readonly query: string;
}

const most = 20;
const input = z.object({ name: z.string({ error: "view_name" }).trim().min(1, { error: "view_name" }).max(60, { error: "view_name" }) });

/** The person's own, by name. Throws "not_found" for people without a role on the desk. */
export async function listViews({ db, actor }: WebContext): Promise<readonly SavedViewRow[]> {
  if (actor.role === null) throw new DomainError("not_found", "request");
  return await db.savedView.findMany({ where: { ownerId: actor.personId }, orderBy: { name: "asc" }, select: { id: true, name: true, query: true } });
}

/** Gives the filter of an address a name. Throws "invalid" (field name), "conflict" (view_taken, views_many). */
export async function saveView(ctx: WebContext, given: { readonly name: unknown; readonly query: unknown }): Promise<{ query: string }> {
  const { db, actor } = ctx;
  if (actor.role === null) throw new DomainError("not_found", "request");
  const { name } = parseInput(input, given);
  const query = cleaned(given.query);
  if ((await db.savedView.count({ where: { ownerId: actor.personId } })) >= most) throw new DomainError("conflict", "views_many");
  try {
    await db.savedView.create({ data: { ownerId: actor.personId, name, query } });
  } catch (error) {
    if (isTaken(error, "name")) throw new DomainError("conflict", "view_taken");
    throw error;
  }
  return { query };
}

/** One's own; somebody else's is not there. */
export async function dropView({ db, actor }: WebContext, { id }: { readonly id: unknown }): Promise<void> {
  if (actor.role === null) throw new DomainError("not_found", "request");
  if (typeof id === "string" && z.uuid().safeParse(id).success) await db.savedView.deleteMany({ where: { id, ownerId: actor.personId } });
}

/** Only what the filter knows is kept, never the search or the page. */
function cleaned(query: unknown): string {
  const asked = Object.fromEntries(new URLSearchParams(typeof query === "string" ? query : ""));
  const { state, kind, sort, urgency, flag, via, who } = readFilter(asked);
  return new URLSearchParams(Object.entries({ state, kind, sort, urgency, flag, via, who }).flatMap(([key, value]) => (value === null ? [] : [[key, value]]))).toString();
}
