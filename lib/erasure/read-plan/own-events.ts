import { redactions } from "#lib/kinds/redaction.ts";
import { sql } from "#lib/synapse-db/sql.ts";
import type { Sql } from "#lib/synapse-db/synapse-db.ts";
import type { PlanSource } from "./source.ts";

/** Own events of one type in one room whose content nobody has redacted. */
export interface OwnEvents {
  readonly room: string;
  readonly type: string;
  readonly events: number;
  readonly backfilled: number;
  /** Messages nobody on this server may redact any more. */
  readonly tooOld: number;
}

/**
 * What was fetched from other servers is theirs too: what an export leaves out, an erasure does not (faults.md § 0).
 * Whether a redaction holds is decided as everywhere else, by the rules of the kinds.
 */
export async function ownEvents(source: PlanSource): Promise<OwnEvents[]> {
  const { db, subject } = source;
  const redacted = await redactions({ db, subject, portal: [], scope: { kinds: [], from: null, to: null, mediaFiles: false } }, sql`events e WHERE e.sender = ${subject}`);
  const rows = await db.all<{ room: string; type: string; events: string; backfilled: string; too_old: string }>(sql`
    SELECT e.room_id AS room, e.type, count(*) AS events, count(*) FILTER (WHERE coalesce(e.stream_ordering, -1) < 0) AS backfilled,
      count(*) FILTER (WHERE ${await tooOld(source)}) AS too_old
    FROM events e LEFT JOIN (${redacted}) d ON d.event_id = e.event_id
    WHERE e.sender = ${subject} AND d.event_id IS NULL GROUP BY 1, 2 ORDER BY e.room_id COLLATE "C", e.type COLLATE "C"`);
  return rows.map(({ room, type, ...n }) => ({ room, type, events: Number(n.events), backfilled: Number(n.backfilled), tooOld: Number(n.too_old) }));
}

/** By Synapse's own rule (redaction_allowed_period): of an edit the age and the type of what it edits decide. */
async function tooOld({ db, now, redactionAllowedMs }: PlanSource): Promise<Sql> {
  if (redactionAllowedMs === null) return sql`FALSE`;
  const before = now.getTime() - redactionAllowedMs;
  const itself = sql`(e.type = 'm.room.message' AND e.origin_server_ts < ${before})`;
  if (!(await db.has("event_relations", "relation_type"))) return itself;
  const edited = sql`(SELECT o.type = 'm.room.message' AND o.origin_server_ts < ${before} FROM event_relations l JOIN events o ON o.event_id = l.relates_to_id
    WHERE l.event_id = e.event_id AND l.relation_type = 'm.replace' AND o.room_id = e.room_id LIMIT 1)`;
  return sql`coalesce(${edited}, ${itself})`;
}
