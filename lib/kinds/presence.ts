import type { Kind } from "#lib/kinds/kind.ts";
import { tableKind } from "#lib/kinds/table-kind.ts";

/** Whether the person was there when last seen, with their status message. Only the last state is kept. */
export const presence: Kind = tableKind({ id: "presence", group: "access", basis: "contract", retention: "unlimited", portable: true }, [
  {
    record: "presence",
    table: "presence_stream",
    key: "user_id",
    order: ["stream_id"],
    fields: [
      { name: "state", as: "text" },
      { name: "status_msg", as: "text" },
      { name: "currently_active", as: "boolean" },
      { name: "last_active_ts", as: "milliseconds" },
      { name: "last_user_sync_ts", as: "milliseconds" },
      { name: "last_federation_update_ts", as: "milliseconds" },
    ],
    stripped: { instance_name: "internal" },
    erasure: "synapse",
  },
]);
