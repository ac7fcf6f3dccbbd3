import type { Kind } from "#lib/kinds/kind.ts";
import { averageRow } from "#lib/kinds/row-size.ts";
import { tableKind } from "#lib/kinds/table-kind.ts";

const rows = tableKind({ id: "key_backup", group: "keys", basis: "contract", retention: "until_changed", portable: true }, [
  {
    record: "backup",
    table: "e2e_room_keys_versions",
    key: "user_id",
    order: ["version"],
    fields: [
      { name: "version", as: "integer" },
      { name: "algorithm", as: "text" },
      { name: "auth_data", as: "json" },
      { name: "deleted", as: "flag" },
      { name: "etag", as: "integer" },
    ],
    erasure: "deactivation",
  },
  {
    record: "room_key",
    table: "e2e_room_keys",
    key: "user_id",
    order: ["version", "room_id", "session_id"],
    room: "room_id",
    fields: [
      { name: "version", as: "integer" },
      { name: "room_id", as: "text" },
      { name: "session_id", as: "text" },
      { name: "first_message_index", as: "integer" },
      { name: "forwarded_count", as: "integer" },
      { name: "is_verified", as: "boolean" },
      { name: "session_data", as: "json" },
    ],
    erasure: "deactivation",
  },
]);

/** Keys of rooms as the apps stored them, encrypted: whoever has the recovery key can open them and the messages. May be large. */
export const keyBackup: Kind = {
  ...rows,
  estimate: async (source, count) => count * (await averageRow(source.db, "e2e_room_keys")),
};
