import { eventLines } from "#lib/kinds/event-lines.ts";
import { eventTables } from "#lib/kinds/event-tables.ts";
import type { Column, Kind } from "#lib/kinds/kind.ts";
import { eventRows, sentByThem } from "#lib/kinds/own-events.ts";
import { redactions } from "#lib/kinds/redaction.ts";
import { roomNames } from "#lib/kinds/room-names.ts";
import { averageRow } from "#lib/kinds/row-size.ts";
import { countEvents, sentBySubject } from "#lib/kinds/verdict.ts";

const columns: readonly Column[] = [
  { name: "room_id", type: "string" },
  { name: "room_name", type: "string" },
  { name: "room_type", type: "string" },
  { name: "sent_at", type: "datetime" },
  { name: "type", type: "string" },
  { name: "msgtype", type: "string" },
  { name: "body", type: "string" },
  { name: "relation", type: "string" },
  { name: "relates_to", type: "string" },
  { name: "redacted", type: "string" },
  { name: "event_id", type: "string" },
];

/** Everything the subject sent into rooms, whatever its type: messages, edits, reactions, own joins and leaves. */
export const messages: Kind = {
  id: "messages",
  group: "talk",
  basis: "contract",
  retention: "room",
  portable: true,
  covers: eventTables,
  tally: async (source) => countEvents("messages", source, sentBySubject(source), await redactions(source, sentByThem(source))),
  estimate: async (source, rows) => rows * (await averageRow(source.db, "event_json")),
  notes: async () => [],
  async *ndjson(source) {
    yield* eventLines(source.db.copy(await eventRows(source)));
  },
  timeline: { rooms: roomNames },
  csv: { columns, rooms: roomNames },
};
