import type pg from "pg";

/** What exists (whether or not it may be read): `table` and `table.column`, and when we looked. */
export interface Catalog {
  readonly names: ReadonlySet<string>;
  readonly takenAt: Date;
}

/**
 * The first query of the transaction, so `takenAt` is the moment of the snapshot.
 * pg_catalog and not information_schema: that one shows only what is granted.
 */
export async function readCatalog(client: pg.Client): Promise<Catalog> {
  const { rows } = await client.query<{ name: string; column: string; taken_at: Date }>(`
    SELECT c.relname AS name, a.attname AS column, clock_timestamp() AS taken_at
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace <> 'pg_catalog'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND pg_catalog.pg_table_is_visible(c.oid)`);
  const names = new Set<string>();
  for (const row of rows) names.add(row.name).add(`${row.name}.${row.column}`);
  return { names, takenAt: rows[0]?.taken_at ?? new Date(Number.NaN) };
}
