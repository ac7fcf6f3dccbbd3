import type pg from "pg";

/**
 * The included set once more, in SQL that shares nothing with lib/kinds: sets taken from sets (faults.md § 0), JSON read as
 * JSON. It is what packages from a real homeserver are held against.
 */
const included = `
  WITH candidate AS (
    SELECT event_id, room_id, origin_server_ts, stream_ordering, sender = $1 AS own FROM events
    WHERE sender = $1 OR (type = 'm.room.member' AND (state_key = $1 OR event_id IN (SELECT event_id FROM room_memberships WHERE user_id = $1)))
  ), left_out AS (
    SELECT event_id FROM candidate WHERE sign(stream_ordering) = -1
    UNION SELECT event_id FROM rejections
    UNION SELECT event_id FROM events WHERE rejection_reason > ''
    UNION SELECT event_id FROM event_json WHERE (internal_metadata::json ->> 'soft_failed')::boolean
    UNION SELECT event_id FROM candidate WHERE origin_server_ts / 1000.0 NOT BETWEEN coalesce($2::float8, '-Infinity') AND coalesce($3::float8, 'Infinity')
  )
  SELECT event_id, own FROM candidate WHERE event_id NOT IN (SELECT event_id FROM left_out) ORDER BY event_id COLLATE "C"`;

export interface Days {
  readonly from: string | null;
  readonly to: string | null;
}

/** Ids of own events, and of memberships by others, that belong into the package. */
export async function sqlIdsOf(client: pg.Client, subject: string, { from, to }: Days): Promise<{ messages: string[]; memberships: string[] }> {
  const seconds = (day: string | null, rest: string) => (day === null ? null : Date.parse(`${day}T${rest}Z`) / 1000);
  const { rows } = await client.query<{ event_id: string; own: boolean }>(included, [subject, seconds(from, "00:00:00.000"), seconds(to, "23:59:59.999")]);
  const ids = (own: boolean) => rows.filter((row) => row.own === own).map((row) => row.event_id).sort();
  return { messages: ids(true), memberships: ids(false) };
}
