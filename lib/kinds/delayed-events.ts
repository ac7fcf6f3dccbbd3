import type { Kind } from "#lib/kinds/kind.ts";
import { textOrBytes } from "#lib/kinds/stored-bytes.ts";
import { tableKind } from "#lib/kinds/table-kind.ts";
import { localpartOf } from "#lib/matrix/mxid.ts";
import { sql } from "#lib/synapse-db/sql.ts";

/** Messages the person's apps left with the server to be sent later (MSC4140). Keyed by the local part. */
export const delayedEvents: Kind = tableKind({ id: "delayed_events", group: "talk", basis: "contract", retention: "limited", portable: true }, [
  {
    record: "message",
    table: "delayed_events",
    key: { where: (subject) => sql`t.user_localpart = ${localpartOf(subject)}`, reads: ["user_localpart"] },
    order: ["send_ts", "room_id", "event_type", "origin_server_ts"],
    room: "room_id",
    fields: [
      { name: "room_id", as: "text" },
      { name: "device_id", as: "text" },
      { name: "event_type", as: "text" },
      { name: "state_key", as: "text" },
      { name: "delay", as: "integer" },
      { name: "send_ts", as: "milliseconds" },
      { name: "origin_server_ts", as: "milliseconds" },
      { name: "is_processed", as: "boolean" },
      { name: "sticky_duration_ms", as: "integer" },
      { name: "content", as: "json", value: { sql: textOrBytes(sql`t.content`), reads: ["content"] } },
    ],
    // Whoever knows the id may send or stop the message.
    stripped: { delay_id: "secret" },
    erasure: "expiry",
  },
]);
