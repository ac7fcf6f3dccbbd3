import type pg from "pg";
import { markOf, type World } from "./model.ts";

/** Emptied in this order: a membership points at its event. */
const tables = [
  "room_memberships", "redactions", "rejections", "room_ban_redactions", "event_json", "events", "rooms", "room_stats_state", "account_data", "devices", "user_threepids", "profiles",
  "users", "receipts_linearized", "user_ips",
] as const;

/** Puts a world's rows into Synapse's tables, in place of the one before: a world must be the same wherever it is replayed. */
export async function store(client: pg.Client, world: World): Promise<void> {
  await client.query(`BEGIN; ${tables.map((table) => `DELETE FROM ${table}`).join("; ")}`);
  const insert = async (table: (typeof tables)[number], rows: readonly Readonly<Record<string, unknown>>[]) => {
    const columns = Object.keys(rows[0] ?? {});
    if (columns.length === 0) return;
    const names = columns.map((column) => `"${column}"`).join(", ");
    await client.query(`INSERT INTO ${table} (${names}) SELECT ${names} FROM json_populate_recordset(NULL::${table}, $1)`, [JSON.stringify(rows)]);
  };
  await insert("events", world.events.map((event) => ({
    event_id: event.id, room_id: event.room, type: event.type, sender: event.sender, state_key: event.hasStateKey ? event.stateKey : null, stream_ordering: event.ordering,
    topological_ordering: Math.abs(event.ordering), depth: Math.abs(event.ordering), outlier: event.outlier, processed: true, origin_server_ts: event.sentAt,
    received_ts: 1_700_000_000_500, rejection_reason: event.rejected === "column" || event.rejected === "both" ? "auth_error" : null,
  })));
  await insert("event_json", world.events.map((event) => ({ event_id: event.id, room_id: event.room, internal_metadata: event.metadata, json: event.stored, format_version: 3 })));
  const inTable = world.events.filter((event) => event.rejected === "table" || event.rejected === "both");
  await insert("rejections", inTable.map((event) => ({ event_id: event.id, reason: "auth_error", last_check: "0" })));
  await insert("room_memberships", world.events.flatMap((event, number) => (event.hasRow ? [{
    event_id: event.id, user_id: event.member, sender: event.sender, room_id: event.room, membership: event.membership, forgotten: number % 2, participant: false,
    display_name: markOf("name", number), avatar_url: null, event_stream_ordering: number % 3 === 0 ? null : event.ordering,
  }] : [])));
  await insert("redactions", world.redactions.map((row) => ({ event_id: row.by, redacts: row.target, recheck: row.recheck, have_censored: row.censored, received_ts: row.receivedAt })));
  await insert("room_ban_redactions", world.bans.map((ban) => ({ room_id: ban.room, user_id: ban.user, redacting_event_id: ban.by, redact_end_ordering: ban.end })));
  await insert("rooms", world.rooms.map((room) => ({ room_id: room, creator: world.people[1], room_version: "10", is_public: false, has_auth_chain_index: true })));
  await insert("room_stats_state", world.rooms.map((room, number) => ({ room_id: room, name: markOf("room", number) })));
  await belongings(insert, world);
  await client.query("COMMIT");
}

type Insert = (table: (typeof tables)[number], rows: readonly Readonly<Record<string, unknown>>[]) => Promise<void>;

/** Everybody has the same things, told apart by a marker alone. */
async function belongings(insert: Insert, { people, rooms }: World): Promise<void> {
  const each = <T>(row: (mxid: string, mark: string, number: number) => T) => people.map((mxid, number) => row(mxid, markOf("person", number), number));
  await insert("users", each((name) => ({ name, creation_ts: 1_700_000_000, admin: 0, is_guest: 0, deactivated: 0, locked: false, suspended: false, approved: true, shadow_banned: false })));
  await insert("profiles", each((mxid, mark) => ({ user_id: mxid.slice(1), full_user_id: mxid, displayname: mark })));
  await insert("account_data", each((mxid, mark, number) => ({ user_id: mxid, account_data_type: "m.test", stream_id: number + 1, content: JSON.stringify({ mark }) })));
  await insert("devices", each((mxid, mark) => ({ user_id: mxid, device_id: "DEVICE", display_name: mark, hidden: false })));
  await insert("user_threepids", each((mxid, mark) => ({ user_id: mxid, medium: "email", address: `${mark}@example.org`, validated_at: 1, added_at: 1 })));
  await insert("user_ips", each((mxid, mark) => ({ user_id: mxid, access_token: "secret", device_id: "DEVICE", ip: "::1", user_agent: mark, last_seen: 1_700_000_000_000 })));
  await insert("receipts_linearized", each((mxid, mark, number) => ({ stream_id: number + 1, room_id: rooms[0], receipt_type: "m.read", user_id: mxid, event_id: `$${mark}`, data: "{}", event_stream_ordering: null })));
}
