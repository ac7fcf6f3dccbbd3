import type { Kind } from "#lib/kinds/kind.ts";
import { tableKind } from "#lib/kinds/table-kind.ts";

/** Signed-in devices; `hidden` rows stand for cross-signing keys, not for a device. */
export const devices: Kind = tableKind({ id: "devices", group: "access", basis: "contract", retention: "until_changed", portable: true }, [
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
    erasure: "deactivation",
  },
  {
    record: "login_provider",
    table: "device_auth_providers",
    key: "user_id",
    order: ["device_id", "auth_provider_id"],
    fields: [
      { name: "device_id", as: "text" },
      { name: "auth_provider_id", as: "text" },
    ],
    stripped: { auth_provider_session_id: "secret" },
    erasure: "deactivation",
  },
]);
