import type { Kind } from "#lib/kinds/kind.ts";
import { tableKind } from "#lib/kinds/table-kind.ts";

const stripped = { stream_id: "Synapse's own counter", instance_name: "Synapse's own process" };

/** What the apps store for the person: direct chats, ignore list, read markers, labels of rooms. */
export const accountData: Kind = tableKind({ id: "account_data", basis: "contract", portable: true }, [
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
  },
]);
