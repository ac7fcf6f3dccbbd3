import { randomBytes } from "node:crypto";
import type { Client } from "pg";

/** An event that no API lets anybody send. The row looks as Synapse writes it; its id is no real hash, so plant only what is read by SQL. */
export interface PlantedEvent {
  readonly room: string;
  readonly sender: string;
  readonly type?: string;
  readonly stateKey?: string;
  /** The `content` object as raw JSON text, byte for byte. */
  readonly content: string;
  /** Fetched as history from another server: a negative stream ordering. */
  readonly backfilled?: boolean;
  readonly outlier?: boolean;
  readonly rejected?: boolean;
  readonly softFailed?: boolean;
  /** Milliseconds; now by default. */
  readonly sentAt?: number;
  /** Only in a rejected or strange event is this not the next one of the room. */
  readonly depth?: string;
}

/** JSON texts that break a careless reader. All are valid JSON as Synapse stores them. */
export const hostileContent = {
  nul: '{"body":"before\\u0000after","msgtype":"m.text"}',
  loneSurrogate: '{"body":"half \\ud83d an emoji","msgtype":"m.text"}',
  bigNumber: '{"body":"big","example.count":9007199254740993,"msgtype":"m.text"}',
  spreadsheetFormula: '{"body":"=HYPERLINK(\\"http://evil.example\\",\\"click\\")","msgtype":"m.text"}',
  markup: '{"body":"</script><img src=x onerror=alert(1)>\\u202egnp.exe","msgtype":"m.text"}',
  controlCharacters: '{"body":"\\u0001\\u0002\\u001b[2J \\r\\n line","msgtype":"m.text"}',
} as const;

/** Writes the event into `events` and `event_json` (and `room_memberships`, `rejections`); answers its id. */
export async function plantEvent(db: Client, event: PlantedEvent): Promise<string> {
  const id = `$${randomBytes(32).toString("base64url")}`;
  const type = event.type ?? "m.room.message";
  const at = event.sentAt ?? Date.now();
  const order = event.backfilled ? "-nextval('events_backfill_stream_seq')" : "nextval('events_stream_seq')";
  const { rows } = await db.query<{ ordering: string; depth: string }>(
    `INSERT INTO events (event_id, room_id, type, sender, state_key, topological_ordering, depth, stream_ordering, instance_name,
       processed, outlier, origin_server_ts, received_ts, contains_url, rejection_reason)
     SELECT $1, $2, $3, $4, $5, d.depth, d.depth, ${order}, 'master', true, $6, $7, $8, false, $9
     FROM (SELECT coalesce($10::bigint, (SELECT max(depth) + 1 FROM events WHERE room_id = $2), 1) AS depth) d
     RETURNING stream_ordering AS ordering, depth`,
    [id, event.room, type, event.sender, event.stateKey ?? null, event.outlier ?? false, at, Date.now(), event.rejected ? "auth_error" : null, event.depth ?? null],
  );
  const row = rows[0];
  if (!row) throw new Error("planted no event");
  const str = JSON.stringify;
  const stateKey = event.stateKey === undefined ? "" : `,"state_key":${str(event.stateKey)}`;
  const json = `{"auth_events":[],"content":${event.content},"depth":${row.depth},"hashes":{"sha256":"planted"},"origin_server_ts":${at},"prev_events":[],"room_id":${str(event.room)},"sender":${str(event.sender)},"signatures":{}${stateKey},"type":${str(type)},"unsigned":{}}`;
  await db.query("INSERT INTO event_json (event_id, room_id, internal_metadata, json, format_version) VALUES ($1, $2, $3, $4, 3)", [
    id, event.room, event.softFailed ? '{"soft_failed":true}' : "{}", json,
  ]);
  if (event.rejected) await db.query("INSERT INTO rejections (event_id, reason, last_check) VALUES ($1, 'auth_error', $2)", [id, String(at)]);
  else if (type === "m.room.member" && event.stateKey !== undefined)
    await db.query(
      `INSERT INTO room_memberships (event_id, event_stream_ordering, user_id, sender, room_id, membership, forgotten)
       VALUES ($1, $2, $3, $4, $5, $6, 0)`,
      [id, row.ordering, event.stateKey, event.sender, event.room, (JSON.parse(event.content) as { membership: string }).membership],
    );
  return id;
}

/**
 * An account the Client API refuses to make, with the password of `like`: a Matrix ID of the historical
 * grammar, a guest, a user of an application service. Plant before the homeserver is asked about it: it caches.
 */
export async function plantAccount(db: Client, account: { mxid: string; like: string; guest?: boolean; appservice?: string; displayName: string }): Promise<void> {
  await db.query(
    `INSERT INTO users (name, password_hash, creation_ts, admin, is_guest, appservice_id, deactivated, shadow_banned, approved, locked, suspended)
     SELECT $1, password_hash, creation_ts, 0, $3, $4, 0, false, true, false, false FROM users WHERE name = $2`,
    [account.mxid, account.like, account.guest ? 1 : 0, account.appservice ?? null],
  );
  const localpart = account.mxid.slice(1, account.mxid.indexOf(":"));
  await db.query("INSERT INTO profiles (user_id, full_user_id, displayname) VALUES ($1, $2, $3)", [localpart, account.mxid, account.displayName]);
}

/** A mail pusher: Synapse makes these only while it sends mail itself. It is left alone until Synapse restarts. */
export async function plantMailPusher(db: Client, mxid: string, address: string, deviceName: string): Promise<void> {
  await db.query(
    `INSERT INTO pushers (id, user_name, access_token, profile_tag, kind, app_id, app_display_name, device_display_name, pushkey, ts, lang, data, last_stream_ordering, enabled)
     VALUES (nextval('pushers_sequence'), $1, NULL, '', 'email', 'm.email', 'Email Notifications', $3, $2, $4, 'en', '{}', 0, true)`,
    [mxid, address, deviceName, Date.now()],
  );
}
