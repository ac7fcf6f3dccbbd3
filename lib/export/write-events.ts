import type { Kind, LedgerRow, Source, TableOfEvents } from "#lib/kinds/kind.ts";
import type { Spool } from "#lib/storage/storage.ts";
import type { Archive, WrittenFile } from "./archive.ts";
import { both } from "./both.ts";
import { butLast } from "./but-last.ts";
import { offProcess } from "./off-process/run.ts";
import type { Observer } from "./order.ts";
import type { Contents } from "./pack.ts";
import type { KindFiles } from "./write-kinds.ts";

/**
 * Lines and table of events, of one reading: there may be millions, and finding them is most of the database's work. A process
 * of its own makes the table of the lines while they are written, and packs it; it waits in the spool, since an archive takes one file at a time.
 * @param onRecords hears of lines and of rows as they come
 */
export async function writeEvents(
  archive: Archive, spool: Spool, kind: Kind, table: TableOfEvents, source: Source, ledger: readonly LedgerRow[], { signal, step }: Observer, onRecords: (count: number) => void,
): Promise<KindFiles> {
  const path = `data/${kind.path ?? kind.id}`;
  let rows = 0;
  const onRows = (count: number) => {
    rows += count;
    onRecords(count);
  };
  const rooms = await table.rooms(source, ledger.flatMap(({ room, included }) => (room !== null && included > 0 ? [room] : [])));
  const params = { columns: table.columns.map(({ name }) => name), rooms, ends: table.ends ?? [] };
  const { first, second, leave } = both(kind.ndjson(source));
  const broken = new AbortController();
  const { chunks, last } = butLast(offProcess("events.csv", params, second, { signal: AbortSignal.any([signal, broken.signal]), onRecords: onRows }));
  const spooling = spool(chunks);
  spooling.catch(leave);
  let lines: WrittenFile;
  try {
    lines = await archive.add(`${path}.ndjson`, first, { onLines: onRecords });
  } catch (error) {
    broken.abort(error);
    // What broke first is thrown: the table, or this.
    await (await spooling).close();
    throw error;
  }
  const spooled = await spooling;
  try {
    await step(`table:${kind.id}`);
    const table = await archive.addPacked(`${path}.csv`, { chunks: spooled.read(), contents: () => JSON.parse(last()) as Contents });
    return { lines: { ...lines, records: lines.lines }, table: { ...table, records: rows } };
  } finally {
    await spooled.close();
  }
}
