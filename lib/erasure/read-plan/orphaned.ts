import { contentOf } from "#lib/kinds/json-view.ts";
import { join, sql } from "#lib/synapse-db/sql.ts";
import type { OrphanedRoom } from "../plan.ts";
import { managers } from "../power.ts";
import type { PlanSource } from "./source.ts";

interface JoinedRoom {
  readonly room: string;
  readonly name: string | null;
  readonly version: string | null;
  readonly others: string;
  readonly create_sender: string | null;
  readonly create_json: string | null;
  readonly levels_json: string | null;
}

/** Rooms that others are in and that nobody but the person can manage, by room id. */
export async function readOrphaned(source: PlanSource): Promise<OrphanedRoom[]> {
  const orphaned: OrphanedRoom[] = [];
  for (const room of await joinedWithOthers(source)) {
    const { everybody, people } = managers({
      version: room.version,
      create: { sender: room.create_sender, content: contentOf(room.create_json) },
      levels: room.levels_json === null ? null : contentOf(room.levels_json),
    });
    if (everybody || !people.has(source.subject)) continue;
    const rest = [...people].filter((user) => user !== source.subject && user.isWellFormed() && !user.includes("\0"));
    if (await anyJoined(source, room.room, rest)) continue;
    orphaned.push({ id: room.room, name: room.name, joined: Number(room.others) });
  }
  return orphaned;
}

/** Counted in the database: of a room of ten thousand only its two deciding events are read. */
async function joinedWithOthers({ db, subject }: PlanSource): Promise<JoinedRoom[]> {
  const state = (type: string) => sql`(SELECT c.event_id FROM current_state_events c WHERE c.room_id = me.room_id AND c.type = ${type} AND c.state_key = '')`;
  return await db.all<JoinedRoom>(sql`
    SELECT r.*, ce.sender AS create_sender, cj.json AS create_json, pj.json AS levels_json
    FROM (SELECT me.room_id AS room, s.name, v.room_version AS version, ${state("m.room.create")} AS create_id, ${state("m.room.power_levels")} AS levels_id,
        (SELECT count(*) FROM current_state_events o WHERE o.room_id = me.room_id AND o.type = 'm.room.member' AND o.membership = 'join' AND o.state_key <> ${subject}) AS others
      FROM current_state_events me LEFT JOIN rooms v ON v.room_id = me.room_id LEFT JOIN room_stats_state s ON s.room_id = me.room_id
      WHERE me.type = 'm.room.member' AND me.state_key = ${subject} AND me.membership = 'join') r
    LEFT JOIN events ce ON ce.event_id = r.create_id LEFT JOIN event_json cj ON cj.event_id = r.create_id LEFT JOIN event_json pj ON pj.event_id = r.levels_id
    WHERE r.others > 0 ORDER BY r.room COLLATE "C"`);
}

async function anyJoined({ db }: PlanSource, room: string, users: readonly string[]): Promise<boolean> {
  if (users.length === 0) return false;
  const list = join(users.map((user) => sql`${user}`), ", ");
  const rows = await db.all(sql`SELECT 1 FROM current_state_events c WHERE c.room_id = ${room} AND c.type = 'm.room.member' AND c.membership = 'join' AND c.state_key IN (${list}) LIMIT 1`);
  return rows.length > 0;
}
