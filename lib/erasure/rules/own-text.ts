import { redactions } from "#lib/kinds/redaction.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import { sql } from "#lib/synapse-db/sql.ts";
import type { Snapshot } from "#lib/synapse-db/synapse-db.ts";

/** Own events whose words still stand in Synapse's table. */
export interface OwnText {
  /** Redacted: Synapse hides them at once and empties them after its redaction_retention_period. */
  readonly uncensored: number;
  /** Redacted by a ban (MSC4293) alone: Synapse hides them and never empties them. */
  readonly banned: number;
  /** Never redacted. */
  readonly unredacted: number;
  /** Of those, messages older than the homeserver lets anybody redact. */
  readonly tooOld: number;
}

/**
 * A membership or a redaction is words only where it gives a name, a picture or a reason; not the leave of the erasure itself. What
 * was rejected when it came counts whatever it is: it is shown to nobody and cannot be redacted.
 */
const telling = sql`(j.json ~ '"(displayname|avatar_url|reason)"' AND j.json !~ '"m\\.deactivated"')`;
const rejected = sql`(e.rejection_reason IS NOT NULL OR x.event_id IS NOT NULL)`;
const words = sql`(e.type NOT IN ('m.room.member', 'm.room.redaction') OR ${rejected} OR ${telling})`;

export async function countOwnText(db: Snapshot, mxid: string, tooOldBefore: number | null): Promise<OwnText> {
  const subject = mxid as Mxid;
  const redacted = await redactions({ db, subject, portal: [], scope: { kinds: [], from: null, to: null, mediaFiles: false } }, sql`events e WHERE e.sender = ${mxid}`);
  const old = tooOldBefore === null ? sql`FALSE` : sql`e.type = 'm.room.message' AND NOT ${rejected} AND e.origin_server_ts < ${tooOldBefore}`;
  const byAct = sql`EXISTS (SELECT FROM redactions r WHERE r.redacts = e.event_id)`;
  const [row] = await db.all<Record<"uncensored" | "banned" | "unredacted" | "too_old", string>>(sql`
    SELECT count(*) FILTER (WHERE d.event_id IS NOT NULL AND NOT d.censored AND ${byAct}) AS uncensored,
      count(*) FILTER (WHERE d.event_id IS NOT NULL AND NOT ${byAct}) AS banned, count(*) FILTER (WHERE d.event_id IS NULL AND ${words}) AS unredacted,
      count(*) FILTER (WHERE d.event_id IS NULL AND ${old}) AS too_old
    FROM events e JOIN event_json j ON j.event_id = e.event_id LEFT JOIN rejections x ON x.event_id = e.event_id LEFT JOIN (${redacted}) d ON d.event_id = e.event_id WHERE e.sender = ${mxid}`);
  return { uncensored: Number(row?.uncensored ?? 0), banned: Number(row?.banned ?? 0), unredacted: Number(row?.unredacted ?? 0), tooOld: Number(row?.too_old ?? 0) };
}
