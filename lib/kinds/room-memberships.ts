import { contentOf, text } from "#lib/kinds/json-view.ts";
import type { Source } from "#lib/kinds/kind.ts";
import { redactions } from "#lib/kinds/redaction.ts";
import { aboutSubject, eventColumns, verdict } from "#lib/kinds/verdict.ts";
import { sql } from "#lib/synapse-db/sql.ts";

/** What somebody else did to the subject's membership: invite, kick, ban, unban. */
export interface Membership {
  readonly event_id: string;
  readonly room_id: string;
  readonly room_name: string | null;
  readonly room_type: string | null;
  readonly origin_server_ts: string | null;
  readonly received_ts: string | null;
  /** Text, since a bigint may be more than JavaScript counts. */
  readonly stream_ordering: string;
  readonly sender: string;
  /** Whose membership it is: the subject's, always. */
  readonly state_key: string;
  readonly membership: string | null;
  readonly redacted: boolean;
  readonly display_name: string | null;
  readonly avatar_url: string | null;
  readonly reason: string | null;
}

/**
 * A projection and not the event: its `unsigned` carries state of the room, which is other people's. Once redacted,
 * the membership stays and the words go, as for every reader of the room.
 */
export async function* membershipsByOthers(source: Source): AsyncGenerator<Membership> {
  const query = sql`
    SELECT e.event_id, e.room_id, s.name AS room_name, s.room_type, e.origin_server_ts, e.received_ts, e.stream_ordering, e.sender,
      coalesce(e.state_key, m.user_id) AS state_key, m.membership,
      d.event_id IS NOT NULL AS redacted,
      CASE WHEN d.event_id IS NULL THEN m.display_name END AS display_name,
      CASE WHEN d.event_id IS NULL THEN m.avatar_url END AS avatar_url,
      CASE WHEN d.event_id IS NULL THEN e.json END AS json
    FROM (SELECT ${eventColumns}, j.json, ${verdict(source.scope)} AS verdict FROM ${aboutSubject(source)}) e
    LEFT JOIN room_memberships m ON m.event_id = e.event_id
    LEFT JOIN (${await redactions(source, aboutSubject(source))}) d ON d.event_id = e.event_id
    LEFT JOIN room_stats_state s ON s.room_id = e.room_id
    WHERE e.verdict IS NULL ORDER BY e.room_id COLLATE "C", e.stream_ordering`;
  for await (const { json, ...row } of source.db.rows<Omit<Membership, "reason"> & { json: string | null }>(query)) {
    yield { ...row, reason: text(contentOf(json), "reason") };
  }
}
