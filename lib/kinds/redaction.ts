import { marked } from "#lib/kinds/verdict.ts";
import type { Source } from "#lib/kinds/kind.ts";
import { sql } from "#lib/synapse-db/sql.ts";
import type { Sql } from "#lib/synapse-db/synapse-db.ts";

/**
 * Redactions that hold, by Synapse's own rules at read time (events_worker.py, _maybe_redact_event_row): for days
 * after a redaction the text is still in the table, and only the reader leaves it out. One row an event:
 * event_id, sender of the redaction (null when it is not held), at (ms), censored (the text is gone).
 * @param target the events that may be redacted, by their alias `e` (FROM … WHERE …)
 */
export async function redactions(source: Source, target: Sql): Promise<Sql> {
  // Before the column, every redaction was checked again at each reading.
  const recheck = (await source.db.has("redactions", "recheck")) ? sql`r.recheck` : sql`TRUE`;
  const byAct = sql`SELECT o.event_id, o.room_id, o.sender, r.event_id AS act, r.received_ts, r.have_censored AS censored, ${recheck} AS recheck
    FROM o JOIN redactions r ON r.redacts = o.event_id`;
  const bans = await source.db.has("room_ban_redactions", "redact_end_ordering");
  // OFFSET 0 makes PostgreSQL look the few acts up one by one, instead of reading all events a second time.
  return sql`
    SELECT DISTINCT ON (p.event_id) p.event_id, a.sender, coalesce(p.received_ts, a.received_ts) AS at, p.censored
    FROM (WITH o AS MATERIALIZED (
        SELECT e.event_id, e.room_id, e.sender, e.stream_ordering FROM ${target} AND e.type <> 'm.room.create')
      ${bans ? sql`${byAct} UNION ALL ${byBan}` : byAct}) p
    LEFT JOIN LATERAL (SELECT ${actColumns} FROM events a WHERE a.event_id = p.act OFFSET 0) a ON TRUE
    WHERE NOT p.recheck OR (
      a.room_id = p.room_id AND a.rejection_reason IS NULL AND NOT EXISTS (SELECT FROM rejections x WHERE x.event_id = p.act)
      AND (${domain(sql`a.sender`)} = ${domain(sql`p.sender`)}
        OR NOT (SELECT ${marked("recheck_redaction")} FROM event_json j WHERE j.event_id = p.act)))
    ORDER BY p.event_id, at`;
}

const actColumns = sql`a.event_id, a.room_id, a.sender, a.received_ts, a.rejection_reason`;

/** MSC4293: a ban that redacts everything of the banned person up to the ordering at which it ended. */
const byBan = sql`SELECT o.event_id, o.room_id, o.sender, b.redacting_event_id, NULL::bigint, FALSE, TRUE FROM o
  JOIN room_ban_redactions b ON b.room_id = o.room_id AND b.user_id = o.sender
  WHERE coalesce(b.redact_end_ordering, 0) = 0 OR o.stream_ordering < b.redact_end_ordering`;

function domain(mxid: Sql): Sql {
  return sql`substr(${mxid}, strpos(${mxid}, ':') + 1)`;
}
