import type { Mxid, RoomId } from "#lib/matrix/homeserver.ts";
import { sql } from "#lib/synapse-db/sql.ts";
import type { Snapshot } from "#lib/synapse-db/synapse-db.ts";

export interface RoomOf {
  readonly id: RoomId;
  readonly name: string | null;
  readonly version: string | null;
  readonly membership: string;
}

/**
 * Every room the person was ever in, invited to or sent into, in byte order. Not from the current state: Synapse empties
 * that when the last of its people leaves. Own events count too: a rejected join leaves no membership.
 */
export async function roomsOf(db: Snapshot, subject: Mxid): Promise<RoomOf[]> {
  return await db.all<RoomOf>(sql`
    SELECT k.room_id AS id, s.name, r.room_version AS version, coalesce(c.membership, (
        SELECT m.membership FROM room_memberships m LEFT JOIN events e ON e.event_id = m.event_id
        WHERE m.user_id = ${subject} AND m.room_id = k.room_id ORDER BY e.stream_ordering DESC NULLS LAST LIMIT 1), 'leave') AS membership
    FROM (SELECT m.room_id FROM room_memberships m WHERE m.user_id = ${subject}
      UNION SELECT l.room_id FROM local_current_membership l WHERE l.user_id = ${subject}
      UNION SELECT e.room_id FROM events e WHERE e.sender = ${subject}) k
    LEFT JOIN local_current_membership c ON c.room_id = k.room_id AND c.user_id = ${subject}
    LEFT JOIN rooms r ON r.room_id = k.room_id
    LEFT JOIN room_stats_state s ON s.room_id = k.room_id
    ORDER BY k.room_id COLLATE "C"`);
}
