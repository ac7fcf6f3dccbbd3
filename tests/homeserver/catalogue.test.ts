import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { kinds } from "#lib/kinds/all.ts";
import { classified } from "#lib/kinds/classified.ts";
import { testPostgres } from "#tests/fixtures/db.ts";
import { startSynapse } from "#tests/harness/synapse.ts";
import { waitFor } from "#tests/world/wait.ts";

/** Types that cannot hold a Matrix ID; of everything else every column must be known. */
const numbers = new Set(["bigint", "integer", "smallint", "boolean"]);

let columns: readonly { table: string; column: string; type: string }[];
let db: pg.Client;
beforeAll(async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), "portal-catalogue-"));
  const synapse = await startSynapse({ serverName: "example.org", postgres: testPostgres(), database: "catalogue", dataDir, removeDataDir: true });
  await synapse.stop();
  db = new pg.Client({ connectionString: synapse.databaseUrl });
  await db.connect();
  await halfwayThroughDirectory(synapse.start);
  await synapse.stop();
  columns = await schema();
}, 120_000);
afterAll(() => db?.end());

/** Synapse makes its directory by way of three tables that it drops at the end; here it is told the beginning only, so that they are seen every time. */
async function halfwayThroughDirectory(start: () => Promise<void>) {
  await db.query("DELETE FROM background_updates");
  await db.query("INSERT INTO background_updates (update_name, progress_json) VALUES ('populate_user_directory_createtables', '{}')");
  await start();
  await waitFor("the directory's working tables", async () => (await db.query("SELECT FROM background_updates")).rowCount === 0, 60);
}

/** By information_schema as the owner: other means than the portal's own look. */
async function schema() {
  const { rows } = await db.query<{ table: string; column: string; type: string }>(
    `SELECT c.table_name AS table, c.column_name AS column, c.data_type AS type FROM information_schema.columns c
     JOIN information_schema.tables t USING (table_schema, table_name) WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'`,
  );
  return rows;
}

function unknown(found: typeof columns): string[] {
  const known = classified();
  const covered = new Set(kinds.flatMap((kind) => kind.covers).map(({ table }) => table));
  const tables = new Set(found.map(({ table }) => table).filter((table) => !known.has(table)));
  const strange = found.filter(({ table, column, type }) => !tables.has(table) && !known.get(table)?.has(column) && (covered.has(table) || !numbers.has(type)));
  return [...tables, ...strange.map(({ table, column }) => `${table}.${column}`)].sort();
}

test("every table of the pinned Synapse is classified, and every column that can hold a Matrix ID", () => {
  expect(new Set(columns.map(({ table }) => table)).size).toBe(176 + 3);
  expect(unknown(columns)).toEqual([]);
});

test("nothing is classified that is gone", () => {
  const there = new Set(columns.flatMap(({ table, column }) => [table, `${table}.${column}`]));
  const names = [...classified()].flatMap(([table, known]) => [table, ...[...known].map((column) => `${table}.${column}`)]);
  expect(names.filter((name) => !there.has(name))).toEqual([]);
});

test("a planted table and planted columns are seen: these tests can fail", async () => {
  await db.query("BEGIN; CREATE TABLE user_moods (user_id text); ALTER TABLE users ADD COLUMN mood_id bigint; ALTER TABLE worker_locks ADD COLUMN mood text, ADD COLUMN n bigint");
  const found = await schema();
  await db.query("ROLLBACK");
  // In a table a kind covers a number too must be looked at.
  expect(unknown(found)).toEqual(["user_moods", "users.mood_id", "worker_locks.mood"]);
});
