import { moment } from "#lib/kinds/days.ts";
import { eventTables } from "#lib/kinds/event-tables.ts";
import type { Column, Kind } from "#lib/kinds/kind.ts";
import { countRooms, listRooms } from "#lib/kinds/room-list.ts";
import { type Membership, membershipsByOthers } from "#lib/kinds/room-memberships.ts";
import { redactions } from "#lib/kinds/redaction.ts";
import { aboutSubject, countEvents } from "#lib/kinds/verdict.ts";

const columns: readonly Column[] = [
  { name: "record", type: "string" },
  { name: "room_id", type: "string" },
  { name: "room_name", type: "string" },
  { name: "room_type", type: "string" },
  { name: "room_version", type: "string" },
  { name: "created_by_you", type: "boolean" },
  { name: "membership", type: "string" },
  { name: "forgotten", type: "boolean" },
  { name: "at", type: "datetime" },
  { name: "by", type: "string" },
  { name: "display_name", type: "string" },
  { name: "avatar_url", type: "string" },
  { name: "reason", type: "string" },
  { name: "redacted", type: "string" },
  { name: "event_id", type: "string" },
];

/** The rooms of the subject, and what others did to their membership. Own joins and leaves are among the messages. */
export const rooms: Kind = {
  id: "rooms",
  group: "talk",
  basis: "contract",
  retention: "room",
  portable: true,
  covers: [
    {
      table: "room_memberships",
      columns: ["event_id", "user_id", "room_id", "membership", "forgotten", "display_name", "avatar_url"],
      stripped: { sender: "duplicate", event_stream_ordering: "internal", participant: "internal" },
      erasure: "conversation",
    },
    {
      table: "local_current_membership",
      columns: ["user_id", "room_id", "membership"],
      stripped: { event_id: "duplicate", event_stream_ordering: "internal" },
      erasure: "conversation",
    },
    {
      table: "rooms",
      columns: ["room_id", "creator", "room_version", "is_public"],
      stripped: { has_auth_chain_index: "internal" },
      erasure: "conversation",
    },
    ...eventTables,
  ],
  async tally(source) {
    const { listed, historyOnly } = await countRooms(source);
    const list = {
      kind: "rooms" as const,
      room: null,
      candidates: listed + historyOnly,
      included: listed,
      tombstones: 0,
      excluded: historyOnly > 0 ? { BACKFILLED: historyOnly } : {},
    };
    return [list, ...(await countEvents("rooms", source, aboutSubject(source), await redactions(source, aboutSubject(source))))];
  },
  estimate: async (_, rows) => rows * 300,
  notes: async () => [],
  async *ndjson(source) {
    for await (const room of listRooms(source)) yield line({ record: "room", ...room });
    for await (const { stream_ordering, origin_server_ts, received_ts, ...event } of membershipsByOthers(source)) {
      const numbers = { stream_ordering: integer(stream_ordering), origin_server_ts: integer(origin_server_ts), received_ts: integer(received_ts) };
      yield line({ record: "membership", ...event, ...numbers });
    }
  },
  csv: {
    columns,
    async *rows(source) {
      for await (const room of listRooms(source)) {
        yield [
          "room", room.room_id, room.name, room.room_type, room.room_version, room.created_by_you, room.membership, room.forgotten,
          null, null, null, null, null, null, null,
        ];
      }
      for await (const event of membershipsByOthers(source)) yield membershipCells(event);
    },
  },
};

function membershipCells(event: Membership) {
  return [
    "membership", event.room_id, event.room_name, event.room_type, null, null, event.membership, null,
    moment(event.origin_server_ts), event.sender, event.display_name, event.avatar_url, event.reason, event.redacted, event.event_id,
  ];
}

function line(row: object): Buffer {
  return Buffer.from(`${JSON.stringify(row)}\n`);
}

/** As a number where JavaScript has it exactly, as text where it has not. */
function integer(stored: string | null): number | string | null {
  return stored !== null && Number.isSafeInteger(Number(stored)) ? Number(stored) : stored;
}
