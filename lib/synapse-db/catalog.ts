import type pg from "pg";
import type { Relation } from "#lib/synapse-db/synapse-db.ts";

/** What exists (whether or not it may be read): `table` and `table.column`, Synapse's own tables, and when we looked. */
export interface Catalog {
  readonly names: ReadonlySet<string>;
  readonly relations: readonly Relation[];
  readonly takenAt: Date;
}

/**
 * The first query of the transaction, so `takenAt` is the moment of the snapshot.
 * pg_catalog and not information_schema: that one shows only what is granted. A table is Synapse's when it lies where
 * `event_json` does; views, partitions and what an extension brought hold nothing of their own.
 */
export async function readCatalog(client: pg.Client): Promise<Catalog> {
  const { rows } = await client.query<{ name: string; column: string; wordy: boolean; own: boolean; taken_at: Date }>(`
    SELECT c.relname AS name, a.attname AS column, clock_timestamp() AS taken_at, y.typcategory NOT IN ('N', 'B', 'D', 'T') AS wordy,
      coalesce(c.relkind <> 'v' AND NOT c.relispartition AND c.relnamespace = (SELECT s.relnamespace FROM pg_catalog.pg_class s WHERE s.oid = to_regclass('event_json'))
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'), FALSE) AS own
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_catalog.pg_type y ON y.oid = a.atttypid
    WHERE c.relnamespace <> 'pg_catalog'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND pg_catalog.pg_table_is_visible(c.oid)`);
  const names = new Set<string>();
  const tables = new Map<string, Relation["columns"]>();
  for (const { name, column, wordy, own } of rows) {
    names.add(name).add(`${name}.${column}`);
    if (own) tables.set(name, [...(tables.get(name) ?? []), { name: column, wordy }]);
  }
  const relations = [...tables].map(([table, columns]) => ({ table, columns }));
  return { names, relations, takenAt: rows[0]?.taken_at ?? new Date(Number.NaN) };
}
