import type { Client } from "pg";
import { waitFor } from "./wait.ts";

/**
 * Synapse answers before it has finished: profile changes walk through the rooms, sign-ins are flushed
 * every five seconds, names of rooms reach the statistics later. Waits until all of it is in the database.
 */
export async function settle(db: Client, expected: { namedRooms: readonly string[]; devicesOf: readonly string[]; subject: string; avatar: string }): Promise<void> {
  const count = async (sql: string, values: unknown[] = []) => Number((await db.query<{ n: string }>(sql, values)).rows[0]?.n);
  const { subject, avatar, namedRooms, devicesOf } = expected;
  await waitFor("the profile change to reach every room", async () => {
    const tasks = await count("SELECT count(*) AS n FROM scheduled_tasks WHERE status IN ('scheduled', 'active')");
    const behind = await count(
      `SELECT count(*) AS n FROM current_state_events c JOIN room_memberships m USING (event_id)
       WHERE c.type = 'm.room.member' AND c.state_key = $1 AND m.membership = 'join' AND m.avatar_url IS DISTINCT FROM $2`,
      [subject, avatar],
    );
    return tasks === 0 && behind === 0;
    // Older ones look for tasks once a minute.
  }, 100);
  await waitFor("deactivated people to have left", async () => (await count("SELECT count(*) AS n FROM users_pending_deactivation")) === 0);
  await waitFor("the statistics to know every room's name", async () => (await count("SELECT count(*) AS n FROM room_stats_state WHERE room_id = ANY($1) AND name IS NOT NULL", [namedRooms])) === namedRooms.length, 100);
  await waitFor("the sign-ins to be written down", async () => {
    const seen = await count("SELECT count(*) AS n FROM (SELECT user_id FROM user_ips WHERE user_id = ANY($1) GROUP BY user_id HAVING count(DISTINCT device_id) > 1) s", [devicesOf]);
    return seen === devicesOf.length;
  });
}
