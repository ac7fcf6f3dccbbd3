import type pg from "pg";
import { SynapseDbUnfit } from "#lib/synapse-db/synapse-db.ts";

/** What exists (whether or not it may be read): `table` and `table.column`, and when we looked. */
export interface Catalog {
  readonly names: ReadonlySet<string>;
  readonly takenAt: Date;
}

/** A database without these is no Synapse: an "empty" package of it would be a lie. */
export const core: readonly string[] = ["users", "events.stream_ordering", "event_json.internal_metadata", "room_memberships", "redactions.redacts"];

/**
 * The first query of the transaction, so `takenAt` is the moment of the snapshot.
 * pg_catalog and not information_schema: that one shows only what is granted.
 */
export async function readCatalog(client: pg.Client): Promise<Catalog> {
  const { rows } = await client.query<{ name: string; column: string; taken_at: Date }>(`
    SELECT c.relname AS name, a.attname AS column, clock_timestamp() AS taken_at
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
    WHERE c.relkind IN ('r', 'p', 'v') AND pg_catalog.pg_table_is_visible(c.oid)`);
  const names = new Set<string>();
  for (const row of rows) names.add(row.name).add(`${row.name}.${row.column}`);
  const takenAt = rows[0]?.taken_at;
  if (!takenAt || core.some((name) => !names.has(name))) throw new SynapseDbUnfit("not_synapse");
  return { names, takenAt };
}
