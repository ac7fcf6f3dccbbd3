import { outsideDays } from "#lib/kinds/days.ts";
import type { Exclusion, ExportScope, LedgerRow, Source } from "#lib/kinds/kind.ts";
import type { RoomId } from "#lib/matrix/homeserver.ts";
import { join, sql } from "#lib/synapse-db/sql.ts";
import type { Sql } from "#lib/synapse-db/synapse-db.ts";

/** Events that arrived as they happened, or those this server fetched back later from others (negative ordering). */
export type Arrival = "live" | "fetched";

/** Fetched as history. The sign in `events` decides: copies of it elsewhere may be null. */
const backfilled = sql`coalesce(e.stream_ordering, -1) < 0`;

/**
 * Scope rules for events, first match wins. `e` is the row of `events`, `j` of `event_json`, `x` of `rejections`.
 * Nothing asks whether a row is an outlier: the subject's outliers that arrived live stay in.
 */
function rules(scope: ExportScope): readonly (readonly [Exclusion, Sql])[] {
  return [
    ["BACKFILLED", backfilled],
    ["REJECTED", sql`(e.rejection_reason IS NOT NULL OR x.event_id IS NOT NULL)`],
    ["SOFT_FAILED", marked("soft_failed")],
    ["OUT_OF_RANGE", outsideDays(sql`e.origin_server_ts`, scope)],
  ];
}

/** The code of the rule that keeps the event out, or NULL. What was fetched is measured by the later rules alone. */
export function verdict(scope: ExportScope, arrival: Arrival = "live"): Sql {
  const used = rules(scope).filter(([code]) => arrival === "live" || code !== "BACKFILLED");
  return sql`CASE ${join(used.map(([code, when]) => sql`WHEN ${when} THEN ${code}::text`), " ")} END`;
}

/**
 * A flag of `internal_metadata` of `j`, by its text: jsonb refuses what JSON may hold. A txn_id chosen by a client cannot
 * pretend to be one, since its quotation marks are escaped.
 */
export function marked(flag: "soft_failed" | "recheck_redaction"): Sql {
  return sql`coalesce(j.internal_metadata ~ ${`"${flag}"\\s*:\\s*true`}::text, FALSE)`;
}

/** Named one by one: the portal's role may not read the others. */
export const eventColumns = sql`e.event_id, e.room_id, e.type, e.sender, e.state_key, e.stream_ordering, e.outlier, e.origin_server_ts, e.received_ts`;

/** Events the subject sent, whatever their type and whether or not the room was left or forgotten; of the fetched kind those alone. */
export function sentBySubject(source: Source, arrival: Arrival = "live"): Sql {
  return sql`events e LEFT JOIN event_json j ON j.event_id = e.event_id LEFT JOIN rejections x ON x.event_id = e.event_id
    WHERE e.sender = ${source.subject} ${arrival === "live" ? sql`` : sql`AND ${backfilled}`}`;
}

/**
 * Membership events about the subject, sent by others: invite, kick, ban, unban. Rejected ones have no
 * `room_memberships` row, and old rows no `state_key`: so both are asked.
 */
export function aboutSubject(source: Source): Sql {
  return sql`events e LEFT JOIN event_json j ON j.event_id = e.event_id LEFT JOIN rejections x ON x.event_id = e.event_id
    WHERE e.type = 'm.room.member' AND e.sender <> ${source.subject} AND e.event_id IN (
      SELECT m.event_id FROM room_memberships m WHERE m.user_id = ${source.subject}
      UNION SELECT s.event_id FROM events s WHERE s.type = 'm.room.member' AND s.state_key = ${source.subject})`;
}

/** The ledger of one kind of events, by room. */
export async function countEvents(
  kind: LedgerRow["kind"], source: Source, candidates: Sql, redacted: Sql, arrival: Arrival = "live",
): Promise<LedgerRow[]> {
  const rows = await source.db.all<{ room: RoomId; verdict: Exclusion | null; n: string; tombstones: string }>(
    sql`SELECT c.room_id AS room, c.verdict, count(*) AS n, count(*) FILTER (WHERE c.verdict IS NULL AND d.event_id IS NOT NULL) AS tombstones
      FROM (SELECT e.event_id, e.room_id, ${verdict(source.scope, arrival)} AS verdict FROM ${candidates}) c
      LEFT JOIN (${redacted}) d ON d.event_id = c.event_id
      GROUP BY 1, 2 ORDER BY c.room_id COLLATE "C"`,
  );
  const ledger = new Map<RoomId, LedgerRow>();
  for (const row of rows) {
    const so = ledger.get(row.room) ?? { kind, room: row.room, candidates: 0, included: 0, tombstones: 0, excluded: {} };
    const n = Number(row.n);
    ledger.set(row.room, {
      ...so,
      candidates: so.candidates + n,
      included: so.included + (row.verdict === null ? n : 0),
      tombstones: so.tombstones + Number(row.tombstones),
      excluded: row.verdict === null ? so.excluded : { ...so.excluded, [row.verdict]: n },
    });
  }
  return [...ledger.values()];
}
