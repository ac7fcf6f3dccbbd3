import pg from "pg";
import type { Notice } from "./mail-page.ts";

/** What the homeserver's notices account wrote to people: without a Matrix client they could not read it. */
export async function readNotices(synapseDatabaseUrl: string, serverName: string): Promise<Notice[]> {
  const client = new pg.Client({ connectionString: synapseDatabaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ to: string | null; at: string; json: string }>(
      `SELECT (SELECT string_agg(c.state_key, ', ') FROM current_state_events c WHERE c.room_id = e.room_id AND c.type = 'm.room.member' AND c.state_key <> $1) AS to,
         e.origin_server_ts AS at, j.json
       FROM events e JOIN event_json j USING (event_id) WHERE e.sender = $1 AND e.type = 'm.room.message' ORDER BY e.stream_ordering DESC LIMIT 50`,
      [`@notices:${serverName}`],
    );
    return rows.map(({ to, at, json }) => ({ to: to ?? "", at: new Date(Number(at)), text: (JSON.parse(json) as { content: { body?: string } }).content.body ?? "" }));
  } finally {
    await client.end();
  }
}
