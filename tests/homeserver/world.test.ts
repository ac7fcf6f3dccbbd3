import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testPostgres } from "#tests/fixtures/db.ts";
import { startSynapse, type Synapse } from "#tests/harness/synapse.ts";
import { logIn } from "#tests/world/client.ts";
import { hostileContent, plantEvent } from "#tests/world/plant.ts";
import { seedWorld } from "#tests/world/seed.ts";
import type { World } from "#tests/world/world.ts";

// The world is what the other tests stand on: here it is held against the homeserver's own tables.
let given: { synapse: Synapse; world: World };
let folder = "";
let db: pg.Client;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "world-"));
  const database = path.basename(folder).replace(/\W/g, "_").toLowerCase();
  const synapse = await startSynapse({ serverName: "garden.example", postgres: testPostgres(), database, dataDir: folder });
  given = { synapse, world: await seedWorld(synapse, { canaries: true }) };
  db = new pg.Client({ connectionString: given.synapse.databaseUrl });
  await db.connect();
  // Filters are stored as bytes: readable, where they are letters.
  await db.query("SET bytea_output = 'escape'");
}, 180_000);
afterAll(async () => {
  await db?.end();
  await given?.synapse.stop();
  await rm(folder, { recursive: true, force: true });
});

test("every marker but those inside files is somewhere in the homeserver's database", async () => {
  const { rows: tables } = await db.query<{ name: string }>("SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'");
  let everything = "";
  for (const { name } of tables) {
    const { rows } = await db.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    everything += rows.map(({ row }) => row).join("\n");
  }
  const stored = given.world.canaries.filter((canary) => canary.field !== "file content" && canary.author !== "gus");
  expect(stored.length).toBeGreaterThan(180);
  expect(stored.filter((canary) => !everything.includes(canary.marker))).toEqual([]);
});

test("Rosa stands to each room as the story says", async () => {
  const { world } = given;
  const { rows } = await db.query<{ room_id: string; membership: string; forgotten: number }>(
    `SELECT DISTINCT ON (m.room_id) m.room_id, m.membership, m.forgotten FROM room_memberships m WHERE m.user_id = $1 ORDER BY m.room_id, m.event_stream_ordering DESC`,
    [world.people.rosa.mxid],
  );
  const stands = (room: keyof typeof world.rooms) => rows.find((row) => row.room_id === world.rooms[room].id)?.membership ?? "never";
  expect(Object.fromEntries((Object.keys(world.rooms) as (keyof typeof world.rooms)[]).map((room) => [room, stands(room)]))).toEqual({
    garden: "join", committee: "join", dm: "join", space: "join", secret: "join", left: "leave", forgotten: "leave", invitedTo: "invite",
    declined: "leave", inviting: "join", knocked: "knock", kicked: "leave", banned: "ban", elsewhere: "never",
  });
  expect(rows.find((row) => row.room_id === world.rooms.forgotten.id)?.forgotten).toBe(1);
});

test("accounts are in the states the doors must know", async () => {
  const { rows } = await db.query<{ name: string }>("SELECT name, suspended, locked, deactivated::int AS deactivated, is_guest, appservice_id FROM users");
  const { people, oddities } = given.world;
  const account = (mxid: string) => rows.find((row) => row.name === mxid);
  expect(account(people.otto.mxid)).toMatchObject({ suspended: true });
  expect(account(people.lena.mxid)).toMatchObject({ locked: true });
  expect(account(people.gus.mxid)).toMatchObject({ deactivated: 1 });
  expect(account(oddities.guest)).toMatchObject({ is_guest: 1 });
  expect(account(oddities.bridged)).toMatchObject({ appservice_id: "irc" });
});

test("a Matrix ID of the historical grammar can sign in and prove itself", async () => {
  const ake = await logIn(given.synapse.baseUrl, given.world.oddities.historical, given.world.people.rosa.password, { name: "visit" });
  expect(ake.mxid).toBe(`@Åke Öst:${given.synapse.serverName}`);
  expect((await ake.openIdToken()).matrix_server_name).toBe(given.synapse.serverName);
  await ake.logout();
});

test("what no API lets anybody send is stored byte for byte", async () => {
  const room = given.world.rooms.elsewhere.id;
  const sender = "@nobody:garden.example";
  for (const content of Object.values(hostileContent)) {
    const id = await plantEvent(db, { room, sender, content });
    const { rows } = await db.query<{ json: string }>("SELECT json FROM event_json WHERE event_id = $1", [id]);
    expect(rows[0]?.json).toContain(`"content":${content},`);
    expect(() => JSON.parse(rows[0]?.json ?? "") as unknown).not.toThrow();
  }
  const id = await plantEvent(db, { room, sender, content: '{"body":"old"}', backfilled: true, softFailed: true });
  const { rows } = await db.query<{ stream_ordering: string }>("SELECT stream_ordering FROM events WHERE event_id = $1", [id]);
  expect(Number(rows[0]?.stream_ordering)).toBeLessThan(0);
});
