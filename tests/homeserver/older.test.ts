import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { measureResidue } from "#lib/erasure/measure-residue.ts";
import { readMemory } from "#lib/erasure/read-memory.ts";
import { readPlan } from "#lib/erasure/read-plan/read-plan.ts";
import { openFilesLeft } from "#lib/matrix/files-left.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import { kinds } from "#lib/kinds/all.ts";
import { unmapped } from "#lib/kinds/unmapped.ts";
import { applyGrants } from "#lib/synapse-db/apply-grants.ts";
import { checkRole } from "#lib/synapse-db/check-role.ts";
import { openSynapseDb } from "#lib/synapse-db/postgres.ts";
import { testPostgres } from "#tests/fixtures/db.ts";
import { startSynapse, type Synapse } from "#tests/harness/synapse.ts";
import { forbiddenTo, owedTo } from "#tests/world/canary.ts";
import { adminApi } from "#tests/world/admin.ts";
import { unbalanced } from "#tests/world/ledger.ts";
import { found, type OpenedPackage, packageOf } from "#tests/world/package-of.ts";
import { seedWorld } from "#tests/world/seed.ts";
import type { World } from "#tests/world/world.ts";
import { eraseByHand, needlesFor } from "./erased-world.ts";
import { findTraces } from "./find-traces.ts";

// A real Synapse of a year before (1.142.1): fewer tables and columns, the same promises.
let synapse: Synapse;
let world: World;
let reader: string;
let opened: OpenedPackage;
let db: pg.Client;
beforeAll(async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), "portal-older-"));
  synapse = await startSynapse({ serverName: "garden.example", postgres: testPostgres(), database: "older_synapse", dataDir, removeDataDir: true, release: "older" });
  world = await seedWorld(synapse, { canaries: true });
  await applyGrants(synapse.databaseUrl, { role: "older_reader", password: "reader" });
  const url = new URL(synapse.databaseUrl);
  [url.username, url.password] = ["older_reader", "reader"];
  reader = url.href;
  opened = await packageOf({ ...synapse, databaseUrl: reader }, world.keeper.accessToken, world.people.rosa.mxid);
  db = new pg.Client({ connectionString: synapse.databaseUrl });
  await db.connect();
}, 400_000);
afterAll(async () => {
  await db?.end();
  await synapse?.stop();
});

test("it is the older one, and nothing of it is unclassified", async () => {
  const version = (await (await fetch(`${synapse.baseUrl}/_matrix/federation/v1/version`)).json()) as { server: { version: string } };
  // Behind the number stands the branch of whatever checkout it was started from.
  expect(version.server.version.split(" ")[0]).toBe("1.142.1");
  const { relations } = await openSynapseDb(reader).snapshot(async (snapshot) => snapshot);
  // Its directory may still be in the making.
  expect(relations.filter(({ table }) => !table.startsWith("_temp_populate_user_directory_")).length).toBe(167);
  expect(unmapped(relations)).toEqual([]);
});

test("the role made by grants.sql reads all there is, no secret, and writes nothing", async () => {
  expect(await checkRole(reader)).toEqual([]);
});

test("the ledger balances, and is what an independent query counts", async () => {
  expect(unbalanced(opened.ledger)).toEqual([]);
  const { rows } = await db.query<{ n: string }>("SELECT count(*) AS n FROM events WHERE sender = $1", [world.people.rosa.mxid]);
  const candidates = opened.ledger.filter(({ kind }) => kind === "messages").reduce((sum, line) => sum + line.candidates, 0);
  expect(candidates).toBe(Number(rows[0]?.n));
  for (const kind of opened.manifest.kinds) expect([kind.kind, kind.candidates >= kind.included]).toEqual([kind.kind, true]);
});

test("what this Synapse does not keep is named, and nothing else is said to be missing", () => {
  const notes = opened.manifest.missing.filter(({ code }) => code === "NOT_STORED").map(({ kind, why }) => [kind, /"([^"]+)"/.exec(why)?.[1]]);
  expect(notes).toEqual([["profile", "profile_updates"], ["delayed_events", "sticky_duration_ms"]]);
  expect(opened.manifest.missing.map(({ code }) => code)).not.toContain("UNMAPPED");
});

test("the package holds what the subject is owed, and nothing of anyone else", () => {
  expect(found(opened, forbiddenTo("rosa", world.canaries).map(({ marker }) => marker))).toEqual([]);
  const owed = owedTo("rosa", world.canaries).filter(({ field }) => field !== "display name").map(({ marker }) => marker);
  expect(found(opened, owed)).toEqual(owed);
});

test("every kind that the world has something of gave something", () => {
  const empty = opened.manifest.kinds.filter(({ included }) => included === 0).map(({ kind }) => kind);
  expect(kinds.length - empty.length).toBeGreaterThanOrEqual(20);
  expect(empty).toEqual(["portal"]);
});

test("an erasure there is planned and measured too, and an independent look finds no more", async () => {
  const subject = world.people.rosa.mxid as Mxid;
  const look = openSynapseDb(reader);
  const plan = await look.snapshot((snapshot) => readPlan({ db: snapshot, subject, serverName: "garden.example", now: new Date(), redactionAllowedMs: null }));
  expect([plan?.rooms.length, plan?.media.files, plan?.delayedEvents, plan?.risks]).toEqual([13, 7, 1, ["last_room_admin"]]);
  const memory = await look.snapshot((snapshot) => readMemory(snapshot, subject));
  if (!memory) throw new Error("no memory");
  await eraseByHand({ admin: adminApi(synapse.baseUrl, world.keeper.accessToken), db, subject, world }, { media: true });
  const filesLeft = openFilesLeft(path.join(synapse.dataDir, "media"));
  const residue = await look.snapshot((snapshot) => measureResidue(snapshot, memory, { now: new Date(), redacted: false, known: 0, redactionAllowedMs: null, filesLeft }));
  expect(residue.unexplained).toEqual([]);
  const report = new Set(residue.entries.map(({ table, column }) => `${table}.${column}`));
  const traces = await findTraces(db, needlesFor(world));
  expect(traces.filter(({ table, column }) => !report.has(`${table}.${column}`))).toEqual([]);
});
