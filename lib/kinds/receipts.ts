import type { Kind } from "#lib/kinds/kind.ts";
import { tableKind } from "#lib/kinds/table-kind.ts";

/** How far the person has read in each room. A position, not a log: the asked-for days do not apply. */
export const receipts: Kind = tableKind({ id: "receipts", group: "talk", basis: "contract", retention: "room", portable: false }, [
  {
    record: "receipt",
    table: "receipts_linearized",
    key: "user_id",
    order: ["room_id", "receipt_type", "thread_id"],
    room: "room_id",
    fields: [
      { name: "room_id", as: "text" },
      { name: "receipt_type", as: "text" },
      { name: "thread_id", as: "text" },
      // The event may be someone else's: its id only, never the event.
      { name: "event_id", as: "text" },
      { name: "data", as: "json" },
    ],
    stripped: { stream_id: "internal", instance_name: "internal", event_stream_ordering: "internal" },
    erasure: "synapse",
  },
]);
