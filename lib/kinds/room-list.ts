import type { Source } from "#lib/kinds/kind.ts";
import { sql } from "#lib/synapse-db/sql.ts";
import type { Sql } from "#lib/synapse-db/synapse-db.ts";

/** A room of the subject, with what is needed to know it again. */
export interface RoomRow {
  readonly room_id: string;
  readonly name: string | null;
  readonly room_type: string | null;
  readonly room_version: string | null;
  readonly is_public: boolean | null;
  readonly created_by_you: boolean;
  readonly membership: string | null;
  readonly forgotten: boolean;
}

/** Rooms by the subject's membership events; `live` when at least one arrived as it happened and not as history. */
const known = (source: Source): Sql => sql`
  SELECT m.room_id, bool_or(coalesce(e.stream_ordering, -1) >= 0) AS live, bool_or(m.forgotten = 1) AS forgotten
  FROM room_memberships m JOIN events e ON e.event_id = m.event_id
  WHERE m.user_id = ${source.subject} GROUP BY m.room_id`;

/** A room known only by fetched history is counted and not listed (its rows follow their events). */
export async function countRooms(source: Source): Promise<{ listed: number; historyOnly: number }> {
  const [row] = await source.db.all<{ listed: string; history: string }>(
    sql`SELECT count(*) FILTER (WHERE k.live) AS listed, count(*) FILTER (WHERE NOT k.live) AS history FROM (${known(source)}) k`,
  );
  return { listed: Number(row?.listed ?? 0), historyOnly: Number(row?.history ?? 0) };
}

export function listRooms(source: Source): AsyncIterable<RoomRow> {
  return source.db.rows<RoomRow>(sql`
    SELECT k.room_id, s.name, s.room_type, r.room_version, r.is_public, coalesce(r.creator = ${source.subject}, FALSE) AS created_by_you,
      c.membership, k.forgotten
    FROM (${known(source)}) k
    LEFT JOIN rooms r ON r.room_id = k.room_id
    LEFT JOIN room_stats_state s ON s.room_id = k.room_id
    LEFT JOIN local_current_membership c ON c.room_id = k.room_id AND c.user_id = ${source.subject}
    WHERE k.live ORDER BY k.room_id COLLATE "C"`);
}
