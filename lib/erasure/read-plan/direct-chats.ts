import { sql } from "#lib/synapse-db/sql.ts";
import type { PlanSource } from "./source.ts";

/** Joined rooms the person's apps mark as direct; where no app ever did, joined rooms of two. */
export async function countDirectChats({ db, subject }: PlanSource): Promise<number> {
  const [marked] = await db.all<{ content: string }>(sql`SELECT a.content FROM account_data a WHERE a.user_id = ${subject} AND a.account_data_type = 'm.direct'`);
  if (marked === undefined) return await roomsOfTwo({ db, subject });
  const joined = await db.all<{ room_id: string }>(sql`SELECT l.room_id FROM local_current_membership l WHERE l.user_id = ${subject} AND l.membership = 'join'`);
  const direct = markedRooms(marked.content);
  return joined.filter(({ room_id }) => direct.has(room_id)).length;
}

async function roomsOfTwo({ db, subject }: Pick<PlanSource, "db" | "subject">): Promise<number> {
  const [row] = await db.all<{ n: string }>(sql`
    SELECT count(*) AS n FROM (SELECT c.room_id FROM current_state_events c
      WHERE c.type = 'm.room.member' AND c.membership IN ('join', 'invite')
        AND c.room_id IN (SELECT l.room_id FROM local_current_membership l WHERE l.user_id = ${subject} AND l.membership = 'join')
      GROUP BY 1 HAVING count(*) = 2) pairs`);
  return Number(row?.n ?? 0);
}

/** `{"@other:server": ["!room"]}`, in whatever shape a client wrote it. */
function markedRooms(content: string): ReadonlySet<unknown> {
  try {
    return new Set(Object.values(JSON.parse(content) as Record<string, unknown>).flat());
  } catch {
    return new Set();
  }
}
