import type pg from "pg";

/** What a package must hold about one room, by SQL that shares nothing with lib/kinds (rules: faults.md § 0). */
export interface RoomCount {
  readonly kind: "messages" | "rooms";
  readonly room: string;
  readonly candidates: number;
  readonly included: number;
  readonly BACKFILLED: number;
  readonly REJECTED: number;
  readonly SOFT_FAILED: number;
}

const counts = `
  SELECT kind, room_id AS room, count(*)::int AS candidates, count(*) FILTER (WHERE code = 0)::int AS included,
    count(*) FILTER (WHERE code = 1)::int AS "BACKFILLED", count(*) FILTER (WHERE code = 2)::int AS "REJECTED", count(*) FILTER (WHERE code = 3)::int AS "SOFT_FAILED"
  FROM (
    SELECT c.kind, e.room_id, CASE
        WHEN e.stream_ordering < 0 THEN 1
        WHEN e.event_id IN (SELECT event_id FROM rejections) OR length(e.rejection_reason) > 0 THEN 2
        WHEN (j.internal_metadata::json ->> 'soft_failed') = 'true' THEN 3 ELSE 0 END AS code
    FROM events e NATURAL JOIN event_json j
    JOIN (SELECT event_id, 'messages' AS kind FROM events WHERE sender = $1
      UNION SELECT event_id, 'rooms' FROM events WHERE type = 'm.room.member' AND state_key = $1 AND NOT sender = $1) c ON c.event_id = e.event_id
  ) judged GROUP BY 1, 2 ORDER BY 1, 2`;

export async function sqlLedger(client: pg.Client, subject: string): Promise<RoomCount[]> {
  return (await client.query<RoomCount>(counts, [subject])).rows;
}

/** Own live events whose redaction holds: in this world all redactions come from the room's own people. */
export async function sqlRedacted(client: pg.Client, subject: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>("SELECT DISTINCT redacts AS id FROM redactions WHERE redacts IN (SELECT event_id FROM events WHERE sender = $1 AND stream_ordering > 0 AND type <> 'm.room.create')", [subject]);
  return rows.map((row) => row.id).sort();
}

/** Own events with a negative ordering, byte for byte: what the option on approval gives, and nothing else does. */
export async function sqlBackfilledOwn(client: pg.Client, subject: string): Promise<Map<string, string>> {
  const { rows } = await client.query<{ id: string; json: string }>(
    `SELECT event_id AS id, json FROM events NATURAL JOIN event_json WHERE sender = $1 AND stream_ordering < 0 AND rejection_reason IS NULL
       AND coalesce(internal_metadata::json ->> 'soft_failed', 'false') = 'false'`,
    [subject],
  );
  return new Map(rows.map((row) => [row.id, row.json]));
}

/** Text no package of the subject may hold: bodies of everybody else, own bodies that came back as history, others' names. */
export async function sqlForbidden(client: pg.Client, subject: string): Promise<string[]> {
  const bodies = await client.query<{ body: string; own: boolean }>(
    "SELECT json::json #>> '{content,body}' AS body, bool_or(sender = $1 AND stream_ordering > 0) AS own FROM events NATURAL JOIN event_json WHERE type = 'm.room.message' AND json::json #>> '{content,body}' LIKE '%Canary%' GROUP BY 1",
    [subject],
  );
  const names = await client.query<{ displayname: string }>("SELECT displayname FROM profiles WHERE full_user_id <> $1 AND displayname LIKE '%Canary'", [subject]);
  return [...bodies.rows.filter((row) => !row.own).map((row) => row.body), ...names.rows.map((row) => row.displayname), "olafNameCanary", "piaNameCanary"];
}
