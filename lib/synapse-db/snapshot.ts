import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import Cursor from "pg-cursor";
import type { Catalog } from "#lib/synapse-db/catalog.ts";
import { inline } from "#lib/synapse-db/sql.ts";
import { SynapseDbUnavailable, type Snapshot, type Sql } from "#lib/synapse-db/synapse-db.ts";
import { translate } from "#lib/synapse-db/unavailable.ts";

/** Rows fetched at a time: enough to hide the round trip, few enough for events of 64 KiB. */
const batch = 250;

/** The looks of one open transaction. */
export function openSnapshot(client: pg.Client, catalog: Catalog, silence: number): Snapshot {
  const answer = <T>(waiting: Promise<T>): Promise<T> => withinSilence(client, waiting, silence);

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
    const chunks = client.query(copyTo(text))[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    const next = () => answer(chunks.next());
    let over = false;
    try {
      yield* batches(async () => {
        const { value, done } = await next();
        if (done) over = true;
        return done ? null : value;
      });
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

const batchBytes = 128 * 1024;

/**
 * What a socket gives in chunks of 8 KiB, together, in one buffer that is filled again and again. The chunks are given back
 * at once: the collector sees only their small heads and would look through the whole heap, sixty times a gigabyte, for their sake.
 */
async function* batches(next: () => Promise<Buffer | null>): AsyncGenerator<Buffer> {
  const batch = Buffer.allocUnsafeSlow(batchBytes);
  let held = 0;
  for (let chunk = await next(); chunk; chunk = await next()) {
    for (let rest = chunk; rest.length > 0; ) {
      if (held === batchBytes) {
        yield batch;
        held = 0;
      }
      const copied = rest.copy(batch, held);
      held += copied;
      rest = rest.subarray(copied);
    }
    if (chunk.buffer instanceof ArrayBuffer && chunk.buffer.byteLength === chunk.byteLength) chunk.buffer.transfer(0);
  }
  if (held > 0) yield batch.subarray(0, held);
}

/** A peer that vanished without a word would be waited for in vain (K11): then the connection is cut. */
async function withinSilence<T>(client: pg.Client, waiting: Promise<T>, silence: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silent = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new SynapseDbUnavailable());
      breakOff(client);
    }, silence);
  });
  try {
    return await Promise.race([waiting, silent]);
  } catch (error) {
    throw translate(error);
  } finally {
    clearTimeout(timer);
  }
}

function breakOff(client: pg.Client): void {
  (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
}
