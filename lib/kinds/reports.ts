import type { Kind } from "#lib/kinds/kind.ts";
import { tableKind } from "#lib/kinds/table-kind.ts";

/** Reports the person made. Reports about the person are someone else's act and not keyed here. */
export const reports: Kind = tableKind({ id: "reports", group: "reports", basis: "legitimate_interest", retention: "unlimited", portable: false }, [
  {
    record: "message",
    table: "event_reports",
    key: "user_id",
    order: ["id"],
    room: "room_id",
    dated: "received_ts",
    fields: [
      { name: "room_id", as: "text" },
      { name: "event_id", as: "text" },
      { name: "received_ts", as: "milliseconds" },
      { name: "reason", as: "text" },
      { name: "content", as: "json" },
    ],
    erasure: "administrator",
  },
  {
    record: "room",
    table: "room_reports",
    key: "user_id",
    order: ["id"],
    room: "room_id",
    dated: "received_ts",
    fields: [
      { name: "room_id", as: "text" },
      { name: "received_ts", as: "milliseconds" },
      { name: "reason", as: "text" },
    ],
    erasure: "administrator",
  },
  {
    record: "person",
    table: "user_reports",
    key: "user_id",
    order: ["id"],
    dated: "received_ts",
    fields: [
      { name: "target_user_id", as: "text" },
      { name: "received_ts", as: "milliseconds" },
      { name: "reason", as: "text" },
    ],
    erasure: "administrator",
  },
]);
