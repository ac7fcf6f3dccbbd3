import type { Source } from "#lib/kinds/kind.ts";
import { redactions } from "#lib/kinds/redaction.ts";
import { type Arrival, eventColumns, sentBySubject, verdict } from "#lib/kinds/verdict.ts";
import { sql } from "#lib/synapse-db/sql.ts";
import type { Sql } from "#lib/synapse-db/synapse-db.ts";

/**
 * By room, then in the order of arrival; by bytes, so that it is the same in every locale. What was fetched came in no
 * order anybody could follow (its newest ordering may be the oldest message): it goes by the time of sending.
 */
const order = (arrival: Arrival): Sql =>
  sql`ORDER BY e.room_id COLLATE "C", ${arrival === "live" ? sql`e.stream_ordering` : sql`e.origin_server_ts, e.stream_ordering`}`;

/**
 * The sending device, as the JSON string that is stored. Cut out where it is plain, as almost always, which is where what was
 * cut stands there just so when written as JSON again; a pattern costs the database as much as all else it does for a line.
 */
const plainDevice = sql`'"device_id":' || to_json(split_part(split_part(e.internal_metadata, '"device_id":"', 2), '"', 1))::text`;
const device = sql`CASE WHEN strpos(e.internal_metadata, ${plainDevice}) > 0 THEN ',' || ${plainDevice}
    WHEN strpos(e.internal_metadata, '"device_id"') > 0 THEN ',"device_id":' || substring(e.internal_metadata FROM '"device_id"\\s*:\\s*("(?:[^"\\\\\\x01-\\x1f]|\\\\[^\\x01-\\x1f])*")') END`;

export const sentByThem = (source: Source): Sql => sql`events e WHERE e.sender = ${source.subject}`;

/** The subject's own events that are in scope; `d` is the redaction that holds, if any. */
async function inScope(source: Source, arrival: Arrival): Promise<Sql> {
  return sql`(SELECT ${eventColumns}, j.json, j.internal_metadata, ${verdict(source.scope, arrival)} AS verdict FROM ${sentBySubject(source, arrival)}) e
    LEFT JOIN (${await redactions(source, sentByThem(source))}) d ON d.event_id = e.event_id`;
}

/**
 * One text a row, as eventLines expects it: the event's own bytes last, under "event". Of `internal_metadata` only
 * the sending device is given; the ids of its token and transaction are of no use to anyone. What was fetched says so on every line.
 */
export async function eventRows(source: Source, arrival: Arrival = "live"): Promise<Sql> {
  const id = sql`'{"event_id":' || to_json(e.event_id)::text || ',"room_id":' || to_json(e.room_id)::text
    || ',"stream_ordering":' || ${integer(sql`e.stream_ordering`)} || ${arrival === "live" ? "" : ',"backfilled":true'}::text`;
  const said = sql`',"type":' || to_json(e.type)::text || ',"origin_server_ts":' || ${integer(sql`e.origin_server_ts`)}`;
  const tombstone = sql`${id} || ',"sender":' || to_json(e.sender)::text || ${said}
    || ',"redacted":true,"redacted_by":' || coalesce(to_json(${redactor(source)})::text, 'null')
    || ',"redacted_at":' || ${integer(sql`d.at`)} || ',"content_held":' || (NOT d.censored)::text || '}'`;
  const event = sql`${id} || ${said} || ',"received_ts":' || ${integer(sql`e.received_ts`)}
    || ',"outlier":' || e.outlier::text || coalesce(${device}, '') || ',"event":' || coalesce(e.json, 'null') || '}'`;
  return sql`SELECT CASE WHEN d.event_id IS NULL THEN ${event} ELSE ${tombstone} END
    FROM ${await inScope(source, arrival)} WHERE e.verdict IS NULL ${order(arrival)}`;
}

/** Never who it was: that is another person's act. */
function redactor(source: Source): Sql {
  return sql`CASE WHEN d.sender = ${source.subject} THEN 'self' WHEN d.sender IS NOT NULL THEN 'other' END`;
}

function integer(value: Sql): Sql {
  return sql`coalesce(${value}::text, 'null')`;
}
