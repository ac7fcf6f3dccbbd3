import { sql } from "#lib/synapse-db/sql.ts";
import type { Sql } from "#lib/synapse-db/synapse-db.ts";
import type { Plan } from "../plan.ts";
import type { PlanSource } from "./source.ts";

/**
 * Who else holds copies (Art. 17(2), 19). A server whose people were ever in a room with the person received what was said
 * there, or fetched it later; so did whoever sent an invitation, and the application services whose users are there.
 */
export async function readCopies({ db, subject, serverName }: PlanSource): Promise<Plan["copies"]> {
  const rooms = sql`SELECT k.room_id FROM room_memberships k WHERE k.user_id = ${subject}`;
  const homeservers = await names(db, sql`SELECT DISTINCT substr(p.name, strpos(p.name, ':') + 1) AS name FROM (
      SELECT m.user_id AS name FROM room_memberships m WHERE m.membership = 'join' AND m.room_id IN (${rooms})
      UNION ALL SELECT m.sender FROM room_memberships m WHERE m.user_id = ${subject}) p
    WHERE substr(p.name, strpos(p.name, ':') + 1) <> ${serverName}`);
  const appservices = await names(db, sql`SELECT DISTINCT u.appservice_id AS name FROM users u WHERE u.appservice_id IS NOT NULL AND (u.name = ${subject}
      OR EXISTS (SELECT FROM room_memberships m WHERE m.user_id = u.name AND m.membership = 'join' AND m.room_id IN (${rooms})))`);
  const identityServers = await names(db, sql`SELECT DISTINCT i.id_server AS name FROM user_threepid_id_server i WHERE i.user_id = ${subject}`);
  return { homeservers, appservices, identityServers };
}

async function names(db: PlanSource["db"], query: Sql): Promise<string[]> {
  return (await db.all<{ name: string }>(sql`SELECT q.name FROM (${query}) q ORDER BY q.name COLLATE "C"`)).map(({ name }) => name);
}
