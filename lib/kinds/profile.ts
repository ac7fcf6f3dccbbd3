import type { Kind } from "#lib/kinds/kind.ts";
import { tableKind } from "#lib/kinds/table-kind.ts";

/** The public profile. Keyed by the full Matrix ID: the older `user_id` holds the local part only. */
export const profile: Kind = tableKind({ id: "profile", group: "who", basis: "contract", retention: "until_changed", portable: true }, [
  {
    record: "profile",
    table: "profiles",
    key: "full_user_id",
    order: ["full_user_id"],
    fields: [
      { name: "displayname", as: "text" },
      { name: "avatar_url", as: "text" },
      { name: "fields", as: "json" },
    ],
    stripped: { user_id: "duplicate" },
    erasure: "erasure",
  },
  {
    record: "change",
    table: "profile_updates",
    key: "user_id",
    order: ["stream_id"],
    dated: "inserted_ts",
    fields: [
      { name: "action", as: "text" },
      { name: "affected_fields", as: "json" },
      { name: "inserted_ts", as: "milliseconds" },
    ],
    stripped: { instance_name: "internal" },
    erasure: "synapse",
  },
]);
