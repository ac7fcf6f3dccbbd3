import type { Source } from "#lib/kinds/kind.ts";
import { join, sql } from "#lib/synapse-db/sql.ts";

/** How a room is told from another one; null where it has no name. */
export interface RoomName {
  readonly room_id: string;
  readonly name: string | null;
  readonly room_type: string | null;
}

/** Ids a statement: a person may have been in thousands of rooms. */
const page = 500;

export async function roomNames(source: Source, ids: readonly string[]): Promise<RoomName[]> {
  const names: RoomName[] = [];
  for (let at = 0; at < ids.length; at += page) {
    const some = join(ids.slice(at, at + page).map((id) => sql`${id}`), ", ");
    names.push(...(await source.db.all<RoomName>(sql`SELECT s.room_id, s.name, s.room_type FROM room_stats_state s WHERE s.room_id IN (${some})`)));
  }
  return names;
}
