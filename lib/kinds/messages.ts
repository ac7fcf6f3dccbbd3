import { moment } from "#lib/kinds/days.ts";
import { eventLines } from "#lib/kinds/event-lines.ts";
import { eventTables } from "#lib/kinds/event-tables.ts";
import type { Cell, Column, Kind, Source } from "#lib/kinds/kind.ts";
import { eventRows, readableRows, sentByThem, type ReadableRow } from "#lib/kinds/own-events.ts";
import { readable } from "#lib/kinds/readable.ts";
import { redactions } from "#lib/kinds/redaction.ts";
import { averageRow } from "#lib/kinds/row-size.ts";
import { type Arrival, countEvents, sentBySubject } from "#lib/kinds/verdict.ts";

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
  csv: { columns, rows: messageCells },
};

/** A row of the table a message. */
export async function* messageCells(source: Source, arrival: Arrival = "live"): AsyncGenerator<readonly Cell[]> {
  for await (const row of source.db.rows<ReadableRow>(await readableRows(source, arrival))) {
    const seen = readable(row.json);
    yield [
      row.room_id, row.room_name, row.room_type, moment(row.origin_server_ts), row.type, seen.msgtype, seen.body, seen.relation,
      seen.relatesTo, row.redacted, row.event_id,
    ];
  }
}
