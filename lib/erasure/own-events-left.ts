import { redactions } from "#lib/kinds/redaction.ts";
import type { Mxid, RoomId } from "#lib/matrix/homeserver.ts";
import { join, sql } from "#lib/synapse-db/sql.ts";
import type { Snapshot, Sql } from "#lib/synapse-db/synapse-db.ts";
import type { Eyes, OwnEvent, RoomLeft } from "./eyes.ts";
import { actTypes, keptTypes, sweptTypes } from "./redactable.ts";

const listed = (types: readonly string[]): Sql => join(types.map((type) => sql`${type}::text`), ", ");

/** A membership event (or a redaction) that says more than the act: a name, a picture, a reason; not our own leave (MSC3759). */
const telling = sql`coalesce(j.json ~ '"(displayname|avatar_url|reason)"' AND j.json !~ '"m\\.deactivated"', FALSE)`;
const isJoin = sql`coalesce(e.type = 'm.room.member' AND m.membership = 'join', FALSE)`;
const isSwept = sql`(e.type IN (${listed(sweptTypes)}) OR ${isJoin})`;
const isRejected = sql`(e.rejection_reason IS NOT NULL OR x.event_id IS NOT NULL)`;
const isKept = sql`(e.type IN (${listed(keptTypes)}) OR e.type IN (${listed(actTypes)}) AND ${telling})`;
const isOther = sql`(NOT ${isSwept} AND e.type NOT IN (${listed([...keptTypes, ...actTypes])}) AND (e.type <> 'm.room.member' OR ${telling}))`;

const isOld = (since: number | null): Sql => (since === null ? sql`FALSE` : sql`(e.type = 'm.room.message' AND e.origin_server_ts < ${since})`);

/** The person's own events, `d` the redaction that holds by the homeserver's own rules, if any. Backfilled ones are theirs too. */
async function own(db: Snapshot, subject: Mxid, more: Sql = sql``): Promise<Sql> {
  const redacted = await redactions({ db, subject, portal: [], scope: { kinds: [], from: null, to: null, mediaFiles: false } }, sql`events e WHERE e.sender = ${subject}`);
  return sql`events e LEFT JOIN (${redacted}) d ON d.event_id = e.event_id LEFT JOIN event_json j ON j.event_id = e.event_id
    LEFT JOIN rejections x ON x.event_id = e.event_id LEFT JOIN room_memberships m ON m.event_id = e.event_id LEFT JOIN rooms r ON r.room_id = e.room_id
    WHERE e.sender = ${subject} ${more}`;
}

/** Rooms in which something of theirs holds its content still. */
export async function roomsLeft(db: Snapshot, subject: Mxid, since: number | null): Promise<RoomLeft[]> {
  const open = sql`d.event_id IS NULL AND NOT ${isRejected}`;
  const rows = await db.all<RoomLeft>(sql`
    SELECT e.room_id AS room, max(r.room_version) AS version,
      (count(*) FILTER (WHERE ${open} AND ${isSwept}))::int AS swept, (count(*) FILTER (WHERE ${open} AND ${isOther}))::int AS others,
      (count(*) FILTER (WHERE d.event_id IS NULL AND ${isKept}))::int AS kept, (count(*) FILTER (WHERE d.event_id IS NULL AND ${isRejected} AND NOT ${isKept}))::int AS rejected,
      (count(*) FILTER (WHERE ${open} AND ${isOld(since)}))::int AS "tooOld",
      (count(*) FILTER (WHERE e.type IN (${listed([...sweptTypes, "m.room.member"])})))::int AS total
    FROM ${await own(db, subject)} GROUP BY e.room_id ORDER BY e.room_id COLLATE "C"`);
  return rows.filter((each) => each.swept + each.others + each.kept + each.rejected > 0);
}

/** A page of them in some rooms, those that a redaction of the person's own can reach. */
export async function eventsLeft(db: Snapshot, subject: Mxid, rooms: readonly RoomId[], page: Parameters<Eyes["leftIn"]>[2]): Promise<OwnEvent[]> {
  const which = page.names ? sql`e.type = 'm.room.member' AND ${telling}` : sql`(${isSwept} OR ${isOther})`;
  const inRooms = sql`e.room_id IN (SELECT json_array_elements_text(${JSON.stringify(rooms)}::json))`;
  const more = sql`AND ${inRooms} AND d.event_id IS NULL AND NOT ${isRejected} AND NOT ${isOld(page.since)} AND ${which} AND e.event_id COLLATE "C" > ${page.after}::text COLLATE "C"`;
  return await db.all<OwnEvent>(sql`SELECT e.event_id AS id, e.room_id AS room FROM ${await own(db, subject, more)} ORDER BY e.event_id COLLATE "C" LIMIT ${page.size}`);
}

/**
 * Of these rooms, those that are held still and that nobody else of this server is in, is invited to, knocks at, or left
 * without forgetting: who has not forgotten a room may still read what they saw of it.
 */
export async function desertedRooms(db: Snapshot, subject: Mxid, rooms: readonly RoomId[]): Promise<RoomId[]> {
  const rows = await db.all<{ room: RoomId }>(sql`
    SELECT r.room_id AS room FROM rooms r
    WHERE r.room_id IN (SELECT json_array_elements_text(${JSON.stringify(rooms)}::json)) AND NOT EXISTS (
      SELECT FROM local_current_membership l WHERE l.room_id = r.room_id AND (
        l.membership IN ('join', 'invite', 'knock')
        OR (l.user_id <> ${subject} AND EXISTS (SELECT FROM room_memberships m WHERE m.room_id = l.room_id AND m.user_id = l.user_id AND m.forgotten = 0))))
    ORDER BY r.room_id COLLATE "C"`);
  return rows.map(({ room }) => room);
}

/** Invites that wait for an answer, and knocks. */
export async function pendingRooms(db: Snapshot, subject: Mxid): Promise<RoomId[]> {
  const rows = await db.all<{ room: RoomId }>(sql`SELECT l.room_id AS room FROM local_current_membership l
    WHERE l.user_id = ${subject} AND l.membership IN ('invite', 'knock') ORDER BY l.room_id COLLATE "C"`);
  return rows.map(({ room }) => room);
}
