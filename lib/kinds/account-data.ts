import type { Kind } from "#lib/kinds/kind.ts";
import { notUtf8, utf8 } from "#lib/kinds/stored-bytes.ts";
import { tableKind } from "#lib/kinds/table-kind.ts";
import { sql } from "#lib/synapse-db/sql.ts";

const stripped = { stream_id: "internal", instance_name: "internal" } as const;

/** What the apps store for the person: direct chats, ignore list, read markers, labels of rooms, saved filters. */
export const accountData: Kind = tableKind({ id: "account_data", group: "choices", basis: "contract", retention: "until_changed", portable: true }, [
  {
    record: "global",
    table: "account_data",
    key: "user_id",
    order: ["account_data_type"],
    fields: [
      { name: "account_data_type", as: "text" },
      { name: "content", as: "json" },
    ],
    stripped,
    erasure: "deactivation",
  },
  {
    record: "room",
    table: "room_account_data",
    key: "user_id",
    order: ["room_id", "account_data_type"],
    room: "room_id",
    fields: [
      { name: "room_id", as: "text" },
      { name: "account_data_type", as: "text" },
      { name: "content", as: "json" },
    ],
    stripped,
    erasure: "deactivation",
  },
  {
    record: "tag",
    table: "room_tags",
    key: "user_id",
    order: ["room_id", "tag"],
    room: "room_id",
    fields: [
      { name: "room_id", as: "text" },
      { name: "tag", as: "text" },
      { name: "content", as: "json" },
    ],
    erasure: "synapse",
  },
  {
    record: "ignored",
    table: "ignored_users",
    key: "ignorer_user_id",
    order: ["ignored_user_id"],
    fields: [{ name: "ignored_user_id", as: "text" }],
    // Who ignores the person is those people's choice.
    rows: "others",
    erasure: "deactivation",
  },
  {
    record: "filter",
    table: "user_filters",
    // The older `user_id` holds the local part only.
    key: "full_user_id",
    order: ["filter_id"],
    fields: [
      { name: "filter_id", as: "integer" },
      { name: "filter_json", as: "json", value: { sql: utf8(sql`t.filter_json`), reads: ["filter_json"] } },
      { name: "filter_base64", as: "text", value: { sql: notUtf8(sql`t.filter_json`), reads: ["filter_json"] } },
    ],
    stripped: { user_id: "duplicate" },
    erasure: "synapse",
  },
]);
