import { eventCells } from "#lib/kinds/event-cells.ts";
import type { RoomName } from "#lib/kinds/room-names.ts";
import { csvWriter } from "./csv.ts";
import type { Transform } from "./off-process/transform.ts";
import { packer } from "./pack.ts";

interface EventTable {
  readonly columns: readonly string[];
  readonly rooms: readonly RoomName[];
  readonly ends: readonly (string | boolean)[];
}

/** The table of events for people, from their lines: packed here, where the other core may do it, and at last its Contents as JSON. */
export const eventTable: Transform<EventTable> = async function* (lines, { columns, rooms, ends }, tell) {
  const csv = csvWriter(columns);
  async function* table() {
    yield csv.head;
    for await (const rows of eventCells(lines, rooms, ends)) {
      tell(rows.length);
      yield csv.rows(rows);
    }
  }
  const { pack, close } = packer();
  try {
    const { chunks, contents } = pack(table());
    yield* chunks;
    yield Buffer.from(JSON.stringify(contents()));
  } finally {
    close();
  }
};
