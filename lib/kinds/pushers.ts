import type { Kind } from "#lib/kinds/kind.ts";
import { tableKind } from "#lib/kinds/table-kind.ts";
import { sql } from "#lib/synapse-db/sql.ts";

/** Anyone who knows a push key may send to the device: it is a secret, unless it is a mail address. */
const hidden = sql`'(hidden)'`;

/** Where notifications are sent. */
export const pushers: Kind = tableKind({ id: "pushers", group: "choices", basis: "contract", retention: "until_changed", portable: false }, [
  {
    record: "pusher",
    table: "pushers",
    key: "user_name",
    order: ["app_id", "pushkey"],
    fields: [
      { name: "kind", as: "text" },
      { name: "app_id", as: "text" },
      { name: "app_display_name", as: "text" },
      { name: "device_display_name", as: "text" },
      { name: "device_id", as: "text" },
      { name: "profile_tag", as: "text" },
      { name: "lang", as: "text" },
      { name: "pushkey", as: "text", value: { sql: sql`CASE WHEN t.kind = 'email' THEN t.pushkey ELSE ${hidden} END`, reads: ["kind", "pushkey"] } },
      { name: "ts", as: "milliseconds" },
      { name: "enabled", as: "boolean" },
      { name: "last_success", as: "milliseconds" },
      { name: "failing_since", as: "milliseconds" },
    ],
    stripped: {
      access_token: "secret",
      data: "secret",
      id: "internal",
      last_stream_ordering: "internal",
      instance_name: "internal",
    },
    erasure: "deactivation",
  },
  {
    record: "removed_pusher",
    table: "deleted_pushers",
    key: "user_id",
    order: ["stream_id"],
    fields: [
      { name: "app_id", as: "text" },
      { name: "pushkey", as: "text", value: { sql: sql`CASE WHEN t.app_id = 'm.email' THEN t.pushkey ELSE ${hidden} END`, reads: ["app_id", "pushkey"] } },
    ],
    stripped: { instance_name: "internal" },
    erasure: "synapse",
  },
]);
