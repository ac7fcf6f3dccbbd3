import type { Kind } from "#lib/kinds/kind.ts";
import { tableKind } from "#lib/kinds/table-kind.ts";

/** Signed-in devices; `hidden` rows stand for cross-signing keys, not for a device. */
export const devices: Kind = tableKind({ id: "devices", basis: "contract", portable: true }, [
  {
    record: "device",
    table: "devices",
    key: "user_id",
    order: ["device_id"],
    fields: [
      { name: "device_id", as: "text" },
      { name: "display_name", as: "text" },
      { name: "last_seen", as: "milliseconds" },
      { name: "ip", as: "text" },
      { name: "user_agent", as: "text" },
      { name: "hidden", as: "boolean" },
    ],
  },
]);
