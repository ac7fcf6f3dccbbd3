import { once } from "node:events";
import { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { type RoomTail, type Rows, columns, nextRow } from "./event-rows.ts";

export interface Load {
  readonly databaseUrl: string;
  readonly serverName: string;
  readonly subject: string;
  readonly rooms: readonly string[];
  readonly events: number;
  /** Share of the events the subject sent, 0 to 1. */
  readonly share: number;
  readonly progress: (done: number) => void;
}

/**
 * Adds messages to rooms that a (now stopped) Synapse created, by COPY into its tables, and moves Synapse's
 * positions behind them. Answers how many of them the subject sent. The same numbers give the same events but for signatures.
 */
export async function loadEvents(load: Load): Promise<{ own: number }> {
  const db = new Client({ connectionString: load.databaseUrl });
  await db.connect();
  try {
    const tails: RoomTail[] = [];
    for (const room of load.rooms) tails.push(await readTail(db, room));
    const first = Number((await db.query<{ n: string }>("SELECT max(stream_ordering) + 1 AS n FROM events")).rows[0]?.n);
    const indexes = await dropIndexes(db);
    const own = await fill(load, tails, first);
    for (const definition of indexes) await db.query(definition);
    const last = first + load.events - 1;
    for (const tail of tails) {
      await db.query("DELETE FROM event_forward_extremities WHERE room_id = $1", [tail.room]);
      await db.query("INSERT INTO event_forward_extremities (event_id, room_id) VALUES ($1, $2)", [tail.last, tail.room]);
    }
    await db.query("SELECT setval('events_stream_seq', $1)", [last]);
    await db.query("UPDATE stream_positions SET stream_id = $1 WHERE stream_name = 'events'", [last]);
    await db.query("UPDATE federation_stream_position SET stream_id = $1 WHERE type = 'events'", [last]);
    await db.query("UPDATE appservice_stream_position SET stream_ordering = $1", [last]);
    for (const table of Object.keys(columns)) await db.query(`VACUUM (ANALYZE) ${table}`);
    return { own };
  } finally {
    await db.end();
  }
}

async function fill(load: Load, tails: RoomTail[], first: number): Promise<number> {
  const random = dice(20190927);
  const streams = await Promise.all((Object.keys(columns) as (keyof Rows)[]).map((table) => openCopy(load.databaseUrl, table)));
  const others = tails.map((tail) => [...tail.members.keys()].filter((member) => member !== load.subject));
  const start = Date.now() - load.events * 1000;
  let own = 0;
  const batch = 2000;
  for (let done = 0; done < load.events; done += batch) {
    const rows: Rows = { events: "", event_json: "", event_edges: "", event_to_state_groups: "" };
    for (let i = done; i < Math.min(done + batch, load.events); i++) {
      // Rooms differ in size as they do in life: the first is the busiest.
      const at = Math.floor(tails.length * random() * random());
      const tail = tails[at];
      const mine = random() < load.share;
      const sender = mine ? load.subject : others[at]?.[Math.floor(random() * (others[at]?.length ?? 1))];
      if (!tail || !sender) throw new Error("a room without people");
      if (mine) own++;
      nextRow(tail, sender, load.serverName, first + i, start + i * 1000, random, rows);
    }
    await Promise.all(streams.flatMap(({ table, stream }) => (stream.write(rows[table]) ? [] : [once(stream, "drain")])));
    load.progress(Math.min(done + batch, load.events));
  }
  await Promise.all(streams.map((one) => one.finish()));
  return own;
}

async function openCopy(databaseUrl: string, table: keyof Rows) {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  // Foreign keys are right by construction; checking each of them costs more than all the rest.
  await client.query("SET session_replication_role = replica");
  const stream = client.query(copyFrom(`COPY ${table} (${columns[table]}) FROM STDIN`));
  const finish = async () => {
    stream.end();
    await once(stream, "finish");
    await client.end();
  };
  return { table, stream, finish };
}

async function readTail(db: Client, room: string): Promise<RoomTail> {
  const state = await db.query<{ type: string; state_key: string; event_id: string }>("SELECT type, state_key, event_id FROM current_state_events WHERE room_id = $1", [room]);
  const of = (type: string) => state.rows.find((row) => row.type === type)?.event_id ?? "";
  const members = new Map(state.rows.filter((row) => row.type === "m.room.member").map((row) => [row.state_key, row.event_id]));
  const tail = await db.query<{ event_id: string; depth: string; state_group: string }>(
    `SELECT e.event_id, e.depth, g.state_group FROM event_forward_extremities f JOIN events e USING (event_id) JOIN event_to_state_groups g USING (event_id)
     WHERE f.room_id = $1 ORDER BY e.depth DESC LIMIT 1`,
    [room],
  );
  const last = tail.rows[0];
  if (!last) throw new Error(`room ${room} has no end`);
  return { room, stateGroup: last.state_group, auth: [of("m.room.create"), of("m.room.power_levels")], members, last: last.event_id, depth: Number(last.depth) };
}

/** Secondary indexes are made again afterwards: filling them row by row takes twice as long. */
async function dropIndexes(db: Client): Promise<string[]> {
  const { rows } = await db.query<{ name: string; definition: string }>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition FROM pg_index i
     WHERE i.indrelid = ANY(ARRAY['events'::regclass, 'event_edges'::regclass, 'event_to_state_groups'::regclass])
       AND NOT i.indisunique AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)`,
  );
  for (const { name } of rows) await db.query(`DROP INDEX ${name}`);
  return rows.map((row) => row.definition);
}

/** mulberry32: a small generator with a seed, so that two runs load the same world. Math.random cannot be seeded. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
