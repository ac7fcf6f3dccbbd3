import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkBalance } from "#lib/export/ledger.ts";
import { kindById } from "#lib/kinds/all.ts";
import type { KindId, LedgerRow, Source } from "#lib/kinds/kind.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import { openSynapseDb } from "#lib/synapse-db/postgres.ts";
import type { SynapseDb } from "#lib/synapse-db/synapse-db.ts";
import { rowsOf } from "#tests/fixtures/rows-of.ts";
import { freshSynapseDb } from "#tests/fixtures/synapse-db.ts";
import { buildWorld } from "#tests/worlds/build.ts";
import { markOf, marks, type World } from "#tests/worlds/model.ts";
import { expectedOf } from "#tests/worlds/oracle.ts";
import { worldSpec } from "#tests/worlds/spec.ts";
import { sqlIdsOf } from "#tests/worlds/sql-oracle.ts";
import { store } from "#tests/worlds/store.ts";
import { bytesOf, everything, linesOf } from "./reading.ts";

// Many small homeservers, drawn at random; what every kind gives of the first two people is held against what is theirs.
// A failing run prints seed and path:
// WORLDS_SEED=… WORLDS_PATH=… npx vitest run --project integration tests/integration/kinds/generated-worlds.test.ts
const worlds = 320;
/** Kinds whose tables the worlds fill. */
const filled: readonly KindId[] = ["profile", "threepids", "devices", "sessions", "account_data", "rooms", "messages", "receipts"];
let database: Awaited<ReturnType<typeof freshSynapseDb>>;
let client: pg.Client;
let synapseDb: SynapseDb;

beforeAll(async () => {
  database = await freshSynapseDb();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  synapseDb = openSynapseDb(database.reader);
}, 120_000);
afterAll(async () => {
  await synapseDb?.close();
  await client?.end();
  await database?.drop();
});

/** What the kinds give of one person: NDJSON, table and ledger, exactly what a package is made of. */
async function shareOf(source: Source) {
  const lines = new Map<string, string[]>();
  const ledger: LedgerRow[] = [];
  const tables: unknown[] = [];
  for (const kind of filled.map(kindById)) {
    const tally = await kind.tally(source);
    checkBalance(tally);
    ledger.push(...tally);
    lines.set(kind.id, (await bytesOf(kind.ndjson(source))).toString().split("\n").slice(0, -1));
    const rows = await Array.fromAsync(rowsOf(kind, source));
    expect(rows.length, "a row of the table for each line").toBe(lines.get(kind.id)?.length);
    tables.push(rows);
  }
  const of = (kind: string) => lines.get(kind) ?? [];
  const hidden = of("messages").flatMap((line) => encoded(line) ?? []);
  return { messages: of("messages"), rooms: of("rooms"), ledger, everything: [...lines.values(), JSON.stringify(tables), JSON.stringify(ledger), ...hidden].flat().join("\n") };
}

async function check(world: World, source: Source): Promise<void> {
  const expected = expectedOf(world);
  const share = await shareOf(source);
  const lines = new Map(share.messages.map((line) => [idOf(line), line]));
  expect([...lines.keys()].sort(), "own events, id by id").toEqual([...expected.messages.keys()].sort());
  expect(lines.size, "no line twice").toBe(share.messages.length);
  for (const [id, line] of lines) {
    if (expected.tombstones.has(id)) expect(JSON.parse(line), "a tombstone").toMatchObject({ redacted: true });
    else expect(eventOf(line), "byte for byte").toBe(expected.messages.get(id)?.kept);
  }
  const records = share.rooms.map((line) => JSON.parse(line) as { record: string; event_id: string; room_id: string });
  const ids = (record: string, key: "event_id" | "room_id") => records.filter((row) => row.record === record).map((row) => row[key]).sort();
  expect(ids("membership", "event_id"), "what others did to the membership").toEqual([...expected.memberships.keys()].sort());
  expect(ids("room", "room_id"), "rooms").toEqual([...expected.rooms].sort());

  const fetched = await linesOf(kindById("backfilled_own"), source);
  expect(fetched.map(idOf).sort(), "fetched back, where it is granted").toEqual([...expected.fetched.keys()].sort());
  for (const line of fetched.filter((one) => !("redacted" in (JSON.parse(one) as object)))) expect(eventOf(line), "fetched back, byte for byte").toBe(expected.fetched.get(idOf(line))?.kept);

  const none = { BACKFILLED: 0, REJECTED: 0, SOFT_FAILED: 0, OUT_OF_RANGE: 0 };
  const ledger = share.ledger.filter((line) => line.kind === "messages" || line.kind === "rooms");
  const flat = ledger.map(({ kind, room, candidates, included, tombstones, excluded }) => [`${kind} ${room ?? ""}`, { candidates, included, tombstones, ...none, ...excluded }]);
  expect(Object.fromEntries(flat), "the ledger").toEqual(expected.ledger);
  expect(new Set(share.everything.match(marks)?.filter((mark) => !mark.startsWith("CANARYr"))), "markers").toEqual(expected.marks);
  const mine = (room: string) => world.events.some((event) => event.room === room && (event.sender === world.subject || event.member === world.subject));
  const strange = world.rooms.flatMap((room, number) => (mine(room) ? [] : [markOf("room", number)]));
  expect(strange.filter((mark) => share.everything.includes(mark)), "rooms the subject has nothing to do with").toEqual([]);
  expect(await sqlIdsOf(client, world.subject, world.days), "the oracle in SQL agrees").toEqual({ messages: [...expected.messages.keys()].sort(), memberships: [...expected.memberships.keys()].sort() });
}

const idOf = (line: string): string => (JSON.parse(line) as { event_id: string }).event_id;

/** The event's own bytes at the end of a line, whether as they are or in base 64. */
const eventOf = (line: string): string => encoded(line) ?? line.slice(line.indexOf(',"event":') + 9, -1);

function encoded(line: string): string | undefined {
  const found = /"event_base64":"([^"]*)"\}$/.exec(line)?.[1];
  return found === undefined ? undefined : Buffer.from(found, "base64").toString();
}

test(`${worlds} generated worlds: exactly the subject's share, byte for byte, counted, and nothing of anyone else`, async () => {
  const [seed, path] = [process.env["WORLDS_SEED"], process.env["WORLDS_PATH"]];
  const property = fc.asyncProperty(worldSpec, async (spec) => {
    const world = buildWorld(spec);
    await store(client, world);
    await synapseDb.snapshot(async (db) => {
      for (const subject of world.people.slice(0, 2)) await check({ ...world, subject }, { subject: subject as Mxid, scope: { ...everything, ...world.days }, db, portal: [] });
    });
  });
  await fc.assert(property, { numRuns: worlds, interruptAfterTimeLimit: 600_000, markInterruptAsFailure: true, ...(seed ? { seed: Number(seed) } : {}), ...(path ? { path } : {}) });
}, 620_000);
