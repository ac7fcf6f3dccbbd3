import type pg from "pg";
import Cursor from "pg-cursor";
import type { Catalog } from "#lib/synapse-db/catalog.ts";
import { CopyOut } from "#lib/synapse-db/copy-out.ts";
import { inline } from "#lib/synapse-db/sql.ts";
import { SynapseDbUnavailable, type Snapshot, type Sql } from "#lib/synapse-db/synapse-db.ts";
import { translate } from "#lib/synapse-db/unavailable.ts";

/** What COPY sends is gathered in one buffer that is filled again and again. */
const batchBytes = 128 * 1024;
/** Rows fetched at a time: enough to hide the round trip, few enough for events of 64 KiB. */
const batch = 250;

/** The looks of one open transaction. */
export function openSnapshot(client: pg.Client, catalog: Catalog, silence: number): Snapshot {
  const answer = <T>(waiting: Promise<T>): Promise<T> => withinSilence(client, () => waiting, silence);

  async function* rows<R extends object>(query: Sql): AsyncGenerator<R> {
    const cursor = client.query(new Cursor<R>(query.text, [...query.values]));
    let some: R[] = [];
    do {
      // Outside the try: a cursor that failed never answers to close.
      some = await answer(cursor.read(batch));
      let left = true;
      try {
        yield* some;
        left = false;
      } finally {
        if (left) await answer(cursor.close());
      }
    } while (some.length === batch);
  }

  async function all<R extends object>(query: Sql): Promise<R[]> {
    const result = await answer(client.query<R>(query.text, [...query.values]));
    return result.rows;
  }

  async function* copy(query: Sql): AsyncGenerator<Buffer> {
    // The quote and the delimiter are characters that no value holds: so nothing is ever quoted or doubled.
    const text = `COPY (${inline(query)}) TO STDOUT (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02', ENCODING 'UTF8')`;
    const out = client.query(new CopyOut(text));
    const gathered = Buffer.allocUnsafeSlow(batchBytes);
    let over = false;
    try {
      do {
        const held = await withinSilence(client, (heard) => out.gather(gathered, heard), silence);
        over = held < batchBytes;
        if (held > 0) yield gathered.subarray(0, held);
      } while (!over);
    } finally {
      // Left in the middle: the rest of the answer is still on the wire, so this connection is of no more use.
      if (!over) breakOff(client);
    }
  }

  return {
    takenAt: catalog.takenAt,
    relations: catalog.relations,
    rows,
    all,
    copy,
    has: async (table, column) => catalog.names.has(column === undefined ? table : `${table}.${column}`),
  };
}

/** A peer that vanished without a word would be waited for in vain (K11): then the connection is cut. Whatever is heard meanwhile is no silence. */
async function withinSilence<T>(client: pg.Client, wait: (heard: () => void) => Promise<T>, silence: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silent = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new SynapseDbUnavailable());
      breakOff(client);
    }, silence);
  });
  try {
    return await Promise.race([wait(() => timer?.refresh()), silent]);
  } catch (error) {
    throw translate(error);
  } finally {
    clearTimeout(timer);
  }
}

function breakOff(client: pg.Client): void {
  (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
}
