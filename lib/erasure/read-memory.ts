import type { Mxid } from "#lib/matrix/homeserver.ts";
import { sql } from "#lib/synapse-db/sql.ts";
import type { Snapshot, Sql } from "#lib/synapse-db/synapse-db.ts";
import type { Memory } from "./memory.ts";
import { roomsOf } from "./rooms-of.ts";

/**
 * What vanishes with the account: written down before anything is touched. `suspendedBefore` is the account's state now:
 * whoever suspended it for the time of grace knows better. null: no such account.
 */
export async function readMemory(db: Snapshot, mxid: string): Promise<Memory | null> {
  const suspended = (await db.has("users", "suspended")) ? sql`coalesce(u.suspended, FALSE)` : sql`FALSE`;
  const [account] = await db.all<{ created: string | null; suspended: boolean }>(sql`SELECT u.creation_ts AS created, ${suspended} AS suspended FROM users u WHERE u.name = ${mxid}`);
  if (!account) return null;
  const list = (values: Sql) => texts(db, values);
  return {
    mxid,
    accountCreatedAt: Number(account.created ?? 0),
    names: await list(sql`SELECT p.displayname AS value FROM profiles p WHERE p.full_user_id = ${mxid}
      UNION SELECT m.display_name FROM room_memberships m WHERE m.user_id = ${mxid}`),
    avatars: await list(sql`SELECT p.avatar_url AS value FROM profiles p WHERE p.full_user_id = ${mxid}
      UNION SELECT m.avatar_url FROM room_memberships m WHERE m.user_id = ${mxid}`),
    mails: await list(addresses(mxid, "email")),
    phones: await list(addresses(mxid, "msisdn")),
    externalIds: await list(sql`SELECT x.external_id AS value FROM user_external_ids x WHERE x.user_id = ${mxid}`),
    deviceIds: await list(sql`SELECT d.device_id AS value FROM devices d WHERE d.user_id = ${mxid} AND NOT coalesce(d.hidden, FALSE)
      UNION SELECT i.device_id FROM user_ips i WHERE i.user_id = ${mxid}`),
    ips: await list(sql`SELECT i.ip AS value FROM user_ips i WHERE i.user_id = ${mxid} UNION SELECT d.ip FROM devices d WHERE d.user_id = ${mxid}`),
    mediaIds: await list(sql`SELECT l.media_id AS value FROM local_media_repository l WHERE l.user_id = ${mxid}`),
    rooms: (await roomsOf(db, mxid as Mxid)).map(({ id, version }) => ({ id, version })),
    identityServers: await list(sql`SELECT i.id_server AS value FROM user_threepid_id_server i WHERE i.user_id = ${mxid}`),
    suspendedBefore: account.suspended,
  };
}

/** Bound at an identity server counts too: it may outlive the account's own entry. */
function addresses(mxid: string, medium: "email" | "msisdn"): Sql {
  return sql`SELECT a.address AS value FROM user_threepids a WHERE a.user_id = ${mxid} AND a.medium = ${medium}
    UNION SELECT i.address FROM user_threepid_id_server i WHERE i.user_id = ${mxid} AND i.medium = ${medium}`;
}

async function texts(db: Snapshot, values: Sql): Promise<string[]> {
  const rows = await db.all<{ value: string }>(sql`SELECT DISTINCT v.value COLLATE "C" AS value FROM (${values}) v WHERE v.value <> '' ORDER BY 1`);
  return rows.map(({ value }) => value);
}
