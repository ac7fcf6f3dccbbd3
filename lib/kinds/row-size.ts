import { sql } from "#lib/synapse-db/sql.ts";
import type { Snapshot } from "#lib/synapse-db/synapse-db.ts";

/** Bytes a row of an average PDU takes where the table was never analysed. */
const guess = 900;

/** Average bytes of a row by PostgreSQL's own statistics: no row is read for an estimate. */
export async function averageRow(db: Snapshot, table: string): Promise<number> {
  const [found] = await db.all<{ bytes: number | null }>(
    sql`SELECT CASE WHEN c.reltuples > 0 THEN c.relpages * current_setting('block_size')::float8 / c.reltuples END AS bytes
      FROM pg_catalog.pg_class c WHERE c.oid = to_regclass(${table})`,
  );
  return Math.round(found?.bytes ?? guess);
}
