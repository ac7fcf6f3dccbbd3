import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";

const folder = path.resolve(import.meta.dirname, "../../prisma/migrations");

/** Prisma's own lock number: its tools and this one never run at once on a database. */
const lock = 72707369;

/** Prisma's own table, so that its tools find what was applied here. */
const table = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT, "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(), "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`;

/**
 * Bring a database to this version's schema. Hand-written because Prisma's own `migrate deploy`
 * downloads an engine. Each migration is one transaction; several processes may call it at once.
 * @param url of a role that may create tables
 * @param log told the name of each migration it applies
 * @param from folder of migrations, in the form Prisma keeps
 * @returns names of the migrations applied now
 * @throws Error when an applied migration was edited since, or the database is newer than this version
 */
export async function migrate(url: string, log: (name: string) => void = () => undefined, from = folder): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [lock]);
    return await applyMissing(client, await migrationsIn(from), log);
  } finally {
    await client.end();
  }
}

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

export async function migrationsIn(from = folder): Promise<Migration[]> {
  const entries = await readdir(from, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(path.join(from, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

async function applyMissing(client: pg.Client, migrations: readonly Migration[], log: (name: string) => void): Promise<string[]> {
  await client.query(table);
  const { rows } = await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
    'SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL',
  );
  for (const row of rows) {
    const ours = migrations.find((migration) => migration.name === row.migration_name);
    if (!ours) throw new Error(`The database has the migration ${row.migration_name}, which this version does not know: it was used by a newer version.`);
    if (ours.checksum !== row.checksum) throw new Error(`The migration ${ours.name} was edited after it was applied to this database.`);
    if (!row.finished_at) throw new Error(`The migration ${ours.name} was left half done by another tool: resolve it there first.`);
  }
  const missing = migrations.filter((migration) => !rows.some((row) => row.migration_name === migration.name));
  for (const migration of missing) {
    log(migration.name);
    await client.query("BEGIN");
    try {
      await client.query(migration.sql);
      await client.query(
        'INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), 1)',
        [randomUUID(), migration.checksum, migration.name],
      );
      await client.query("COMMIT");
    } catch (error) {
      await client.query("ROLLBACK");
      throw error;
    }
  }
  return missing.map((migration) => migration.name);
}
