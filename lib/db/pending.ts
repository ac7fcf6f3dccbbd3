import pg from "pg";
import { migrationsIn } from "./migrate.ts";

/** Names of migrations this version needs and the database lacks; changes nothing. */
export async function pendingMigrations(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const known = await client.query<{ known: string | null }>(`SELECT to_regclass('"_prisma_migrations"')::text AS known`);
    const applied = known.rows[0]?.known
      ? await client.query<{ name: string }>('SELECT migration_name AS name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL')
      : { rows: [] };
    const names = new Set(applied.rows.map((row) => row.name));
    return (await migrationsIn()).map((migration) => migration.name).filter((name) => !names.has(name));
  } finally {
    await client.end();
  }
}
