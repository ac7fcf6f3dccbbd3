import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { migrate, migrationsIn } from "#lib/db/migrate.ts";
import { emptyDatabase } from "#tests/fixtures/db.ts";

let database: Awaited<ReturnType<typeof emptyDatabase>>;
let folder = "";
beforeEach(async () => {
  database = await emptyDatabase();
  folder = await mkdtemp(path.join(tmpdir(), "portal-migrations-"));
  await cp("prisma/migrations", folder, { recursive: true });
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
  await database.drop();
});

async function add(name: string, sql: string): Promise<void> {
  await mkdir(path.join(folder, name), { recursive: true });
  await writeFile(path.join(folder, name, "migration.sql"), sql);
}

async function rows(text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const result = await client.query<Record<string, unknown>>(text);
  await client.end();
  return result.rows;
}

test("applies everything once, in order, and then nothing", async () => {
  const all = (await migrationsIn(folder)).map((migration) => migration.name);
  const told: string[] = [];
  expect(await migrate(database.url, (name) => told.push(name), folder)).toEqual(all);
  expect(told).toEqual(all);
  expect(await migrate(database.url, undefined, folder)).toEqual([]);
});

test("records what Prisma's own tools expect to find", async () => {
  await migrate(database.url, undefined, folder);
  const [migration] = await migrationsIn(folder);
  const [row] = await rows('SELECT * FROM "_prisma_migrations"');
  expect(row).toMatchObject({ checksum: migration?.checksum, migration_name: migration?.name, applied_steps_count: 1, rolled_back_at: null, logs: null });
  expect(row?.finished_at).toBeInstanceOf(Date);
});

test("two processes at once apply each migration once", async () => {
  const both = await Promise.all([migrate(database.url, undefined, folder), migrate(database.url, undefined, folder)]);
  expect(both.flat()).toEqual((await migrationsIn(folder)).map((migration) => migration.name));
});

test("a migration that fails leaves nothing of itself", async () => {
  await add("0009_broken", "CREATE TABLE half (); SELECT 1 / 0;");
  await expect(migrate(database.url, undefined, folder)).rejects.toThrow(/division by zero/);
  expect(await rows("SELECT to_regclass('half') AS half")).toEqual([{ half: null }]);
  expect(await rows(`SELECT 1 FROM "_prisma_migrations" WHERE migration_name = '0009_broken'`)).toEqual([]);
});

test("a migration that cannot be recorded leaves nothing of itself", async () => {
  await add("0009_unrecorded", 'CREATE TABLE half (); ALTER TABLE "_prisma_migrations" DROP COLUMN checksum;');
  await expect(migrate(database.url, undefined, folder)).rejects.toThrow(/checksum/);
  expect(await rows("SELECT to_regclass('half') AS half")).toEqual([{ half: null }]);
});

test("refuses a migration that was edited after it was applied", async () => {
  await add("0009_more", "CREATE TABLE more ()");
  await migrate(database.url, undefined, folder);
  await add("0009_more", "CREATE TABLE more (id int)");
  await expect(migrate(database.url, undefined, folder)).rejects.toThrow(/0009_more was edited/);
});

test("refuses a database that a newer version has used", async () => {
  await add("0009_more", "CREATE TABLE more ()");
  await migrate(database.url, undefined, folder);
  await rm(path.join(folder, "0009_more"), { recursive: true });
  await expect(migrate(database.url, undefined, folder)).rejects.toThrow(/0009_more.*newer version/);
});
