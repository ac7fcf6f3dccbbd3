import type { Kind } from "#lib/kinds/kind.ts";
import { tableKind } from "#lib/kinds/table-kind.ts";

/** Rooms and addresses the person made, and rooms they blocked as an administrator. */
export const ownRooms: Kind = tableKind({ id: "own_rooms", group: "talk", basis: "contract", retention: "room", portable: true }, [
  {
    record: "room",
    table: "rooms",
    key: "creator",
    order: ["room_id"],
    fields: [
      { name: "room_id", as: "text" },
      { name: "room_version", as: "text" },
      { name: "is_public", as: "boolean" },
    ],
    erasure: "conversation",
  },
  {
    record: "address",
    table: "room_aliases",
    key: "creator",
    order: ["room_alias"],
    fields: [
      { name: "room_alias", as: "text" },
      { name: "room_id", as: "text" },
    ],
    erasure: "conversation",
  },
  {
    record: "blocked",
    table: "blocked_rooms",
    key: "user_id",
    order: ["room_id"],
    fields: [{ name: "room_id", as: "text" }],
    erasure: "administrator",
  },
]);
