import { readFile } from "node:fs/promises";
import pg from "pg";
import { translate } from "#lib/synapse-db/unavailable.ts";

/**
 * Runs grants.sql, for a demo or an operator who prefers a command to psql.
 * @param url of Synapse's database, as a superuser
 * @throws SynapseDbUnavailable or SynapseDbUnfit; PostgreSQL's own error when the database is not Synapse's
 */
export async function applyGrants(url: string, { role, password }: { role: string; password: string }): Promise<void> {
  const grants = await readFile(new URL("./grants.sql", import.meta.url), "utf8");
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.query("BEGIN");
    await client.query("SELECT set_config('portal.role', $1, true)", [role]);
    await client.query(grants);
    await client.query(`ALTER ROLE ${pg.escapeIdentifier(role)} PASSWORD ${pg.escapeLiteral(password)}`);
    await client.query("COMMIT");
  } catch (error) {
    throw translate(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}
