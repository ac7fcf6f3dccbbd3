import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applyGrants } from "#lib/synapse-db/apply-grants.ts";
import { openSynapseDb } from "#lib/synapse-db/postgres.ts";
import { freshDb, testPostgres } from "#tests/fixtures/db.ts";
import { startSynapse, type Synapse } from "#tests/harness/synapse.ts";
import { matrixClient, type MatrixClient } from "#tests/world/client.ts";
import { portalOf } from "./erasure-run.ts";

// Issue 5 § 9: 2,500 events in one room, 30 rooms that were left: nothing of the chosen types stays.
const many = 2_500;
const leftRooms = 30;
let synapse: Synapse;
let db: pg.Client;
let open: Awaited<ReturnType<typeof freshDb>>;
let portal: Awaited<ReturnType<typeof portalOf>>;
let reader: ReturnType<typeof openSynapseDb>;
let zoe: MatrixClient;
let big = "";

beforeAll(async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), "many-"));
  [synapse, open] = await Promise.all([startSynapse({ serverName: "garden.example", postgres: testPostgres(), database: `many_${process.pid}`, dataDir, removeDataDir: true }), freshDb()]);
  await applyGrants(synapse.databaseUrl, { role: "reader_many", password: "reader" });
  const url = new URL(synapse.databaseUrl);
  [url.username, url.password] = ["reader_many", "reader"];
  reader = openSynapseDb(url.href);
  db = new pg.Client({ connectionString: synapse.databaseUrl });
  await db.connect();
  const register = async (name: string, admin = false) => matrixClient({ baseUrl: synapse.baseUrl, ...(await synapse.registerUser({ name, password: "elderflower", displayName: `Name of ${name}`, admin })) });
  const keeper = await register("keeper", true);
  const ben = await register("ben");
  zoe = await register("zoe");
  portal = await portalOf({ synapse, token: keeper.accessToken, reader }, open.db);
  big = await ben.createRoom({ preset: "public_chat", room_version: "11" });
  await zoe.join(big);
  await inParallel(many, 12, (n) => zoe.say(big, `Message ${n}`));
  await inParallel(leftRooms, 6, async (n) => {
    const room = await ben.createRoom({ preset: "public_chat", room_version: n % 2 ? "9" : "12" });
    await zoe.join(room);
    await zoe.say(room, `Left behind ${n}`);
    await zoe.say(room, `And this ${n}`);
    await zoe.leave(room);
  });
}, 600_000);
afterAll(async () => {
  await reader?.close();
  await db?.end();
  await synapse?.stop();
  await open?.drop();
});

async function inParallel(times: number, at: number, act: (n: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  await Promise.all(Array.from({ length: at }, async () => {
    while (next < times) await act(next++);
  }));
}

test("S06 S07 2,500 events in one room and 30 rooms left: none of them unredacted, each redacted once", async () => {
  const request = await portal.ask(zoe.mxid);
  expect(await portal.erase(request.id)).toMatchObject({ state: "fulfilled" });
  const { rows } = await db.query<{ open: string; twice: string; all: string }>(
    `SELECT count(*) FILTER (WHERE r.n IS NULL) AS open, count(*) FILTER (WHERE r.n > 1) AS twice, count(*) AS all
     FROM events e LEFT JOIN (SELECT redacts, count(*) AS n FROM redactions GROUP BY 1) r ON r.redacts = e.event_id
     WHERE e.sender = $1 AND (e.type IN ('m.room.message', 'm.room.encrypted') OR e.type = 'm.room.member' AND EXISTS (SELECT FROM room_memberships m WHERE m.event_id = e.event_id AND m.membership = 'join'))`,
    [zoe.mxid],
  );
  expect(rows).toEqual([{ open: "0", twice: "0", all: String(many + 2 * leftRooms + leftRooms + 1) }]);
  const facts = await portal.factsOf(request.id);
  expect(facts.redact).toMatchObject({ after: 0, stays: {} });
}, 900_000);
