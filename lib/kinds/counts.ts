import type { Coverage, Kind, Note, Source, Withheld } from "#lib/kinds/kind.ts";
import { identifier, join, sql } from "#lib/synapse-db/sql.ts";
import type { Sql } from "#lib/synapse-db/synapse-db.ts";

/** A table of which the person learns how many rows there are; `what` names them in counts.csv and under `kinds.counted`. */
interface Counted {
  readonly what: string;
  readonly table: string;
  readonly key: string;
  /** Summed up instead of counting rows. */
  readonly sum?: string;
  readonly stripped: Readonly<Record<string, Withheld>>;
  readonly erasure: Coverage["erasure"];
}

const internal = "internal";
const counted: readonly Counted[] = [
  {
    what: "refresh_tokens", table: "refresh_tokens", key: "user_id",
    stripped: { id: internal, device_id: "duplicate", token: "secret", next_token_id: internal, expiry_ts: internal, ultimate_session_expiry_ts: internal },
    erasure: "deactivation",
  },
  { what: "dehydrated_devices", table: "dehydrated_devices", key: "user_id", stripped: { device_id: "unreadable", device_data: "secret" }, erasure: "deactivation" },
  {
    what: "messages_waiting_for_devices", table: "device_inbox", key: "user_id",
    stripped: { device_id: "duplicate", stream_id: internal, message_json: "others", instance_name: internal },
    erasure: "deactivation",
  },
  {
    what: "one_time_keys", table: "e2e_one_time_keys_json", key: "user_id",
    stripped: { device_id: "duplicate", algorithm: internal, key_id: internal, ts_added_ms: internal, key_json: "unreadable" },
    erasure: "deactivation",
  },
  {
    what: "fallback_keys", table: "e2e_fallback_keys_json", key: "user_id",
    stripped: { device_id: "duplicate", algorithm: internal, key_id: internal, key_json: "unreadable", used: internal },
    erasure: "deactivation",
  },
  {
    what: "notifications_waiting", table: "event_push_actions", key: "user_id",
    stripped: {
      room_id: "others", event_id: "others", profile_tag: internal, actions: internal, topological_ordering: internal, stream_ordering: internal,
      notif: internal, highlight: internal, unread: internal, thread_id: "others",
    },
    erasure: "synapse",
  },
  {
    what: "unread_counters", table: "event_push_summary", key: "user_id",
    stripped: {
      room_id: "duplicate", notif_count: "derived", stream_ordering: internal, unread_count: "derived", last_receipt_stream_ordering: internal, thread_id: "others",
    },
    erasure: "synapse",
  },
  {
    what: "directory_entries", table: "user_directory", key: "user_id",
    stripped: { room_id: internal, display_name: "duplicate", avatar_url: "duplicate" },
    erasure: "deactivation",
  },
  {
    what: "invitations_by_mail", table: "threepid_guest_access_tokens", key: "first_inviter",
    stripped: { medium: "others", address: "others", guest_access_token: "secret" },
    erasure: "synapse",
  },
  { what: "rooms_joined", table: "user_stats_current", key: "user_id", sum: "joined_rooms", stripped: { completed_delta_stream_id: internal }, erasure: "synapse" },
];

/** What is held about the person and says nothing to a reader, or is other people's too: how much of it there is. A line a table. */
export const counts: Kind = {
  id: "counts",
  group: "rest",
  basis: "contract",
  retention: "limited",
  portable: false,
  covers: counted.map(({ table, key, sum, stripped, erasure }) => ({ table, columns: [key, ...(sum ? [sum] : [])], stripped, counted: true, erasure })),
  async tally(source) {
    const tables = (await present(source)).map(({ table, key, sum }) =>
      sql`EXISTS (SELECT FROM ${identifier(table)} t WHERE t.${identifier(key)} = ${source.subject} ${sum ? sql`AND t.${identifier(sum)} > 0` : sql``})::int`);
    const [found] = await source.db.all<{ n: number }>(sql`SELECT ${join([sql`0`, ...tables], " + ")} AS n`);
    const n = found?.n ?? 0;
    return n === 0 ? [] : [{ kind: "counts", room: null, candidates: n, included: n, tombstones: 0, excluded: {} }];
  },
  estimate: async (_, rows) => rows * 100,
  async notes(source) {
    const there = new Set((await present(source)).map(({ table }) => table));
    return counted.filter(({ table }) => !there.has(table)).map(({ table }): Note => ({ code: "table_missing", table }));
  },
  async *ndjson(source) {
    for (const row of await countAll(source)) yield Buffer.from(`${JSON.stringify(row)}\n`);
  },
  csv: {
    columns: [{ name: "table", type: "string" }, { name: "what", type: "string" }, { name: "count", type: "integer" }],
    async *rows(source) {
      for (const { table, what, count } of await countAll(source)) yield [table, what, count];
    },
  },
};

async function present(source: Source): Promise<readonly Counted[]> {
  const found: Counted[] = [];
  for (const each of counted) {
    const columns = [each.key, ...(each.sum ? [each.sum] : [])];
    const there = await Promise.all(columns.map((column) => source.db.has(each.table, column)));
    if (there.every(Boolean)) found.push(each);
  }
  return found;
}

export interface CountedRows {
  readonly table: string;
  readonly what: string;
  readonly count: number;
}

/** In the order of the list; tables without a row of the person are left out. */
export async function countAll(source: Source): Promise<readonly CountedRows[]> {
  const rows: CountedRows[] = [];
  for (const { table, what, key, sum } of await present(source)) {
    const amount: Sql = sum ? sql`coalesce(sum(t.${identifier(sum)}), 0)` : sql`count(*)`;
    const [row] = await source.db.all<{ n: string }>(sql`SELECT ${amount} AS n FROM ${identifier(table)} t WHERE t.${identifier(key)} = ${source.subject}`);
    const count = Number(row?.n ?? 0);
    if (count > 0) rows.push({ table, what, count });
  }
  return rows;
}
