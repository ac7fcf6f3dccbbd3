import pg from "pg";
import { readCatalog } from "#lib/synapse-db/catalog.ts";
import { granted, secrets } from "#lib/synapse-db/reads.ts";
import { fitness } from "#lib/synapse-db/required.ts";
import { SynapseDbUnfit } from "#lib/synapse-db/synapse-db.ts";
import { translate } from "#lib/synapse-db/unavailable.ts";

export type RoleProblemCode =
  | "not_synapse"
  | "column_missing"
  | "superuser"
  | "can_write"
  | "secret_readable"
  | "not_readable"
  | "refused";

/** `what` is a table, a column (`table.column`), a schema, or an SQLSTATE; sentences are under `kinds.role.<code>`. */
export interface RoleProblem {
  readonly code: RoleProblemCode;
  readonly what: string;
}

/**
 * Whether the role may read all we need, and no more than that. Empty: all is well.
 * @throws SynapseDbUnavailable when the database does not answer
 */
export async function checkRole(url: string): Promise<RoleProblem[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("BEGIN READ ONLY");
    await client.query("SET LOCAL statement_timeout = '60s'");
    const { names } = await readCatalog(client);
    const { synapse, missing } = fitness(names);
    if (!synapse) return [{ code: "not_synapse", what: client.database ?? "" }];
    const absent = missing.map((what) => ({ code: "column_missing" as const, what }));
    if (await isSuperuser(client)) return [...absent, { code: "superuser", what: "" }];
    return [...absent, ...(await writable(client)), ...(await secretsReadable(client)), ...(await unreadable(client, names))];
  } catch (error) {
    const told = translate(error);
    if (told instanceof SynapseDbUnfit) return [{ code: "refused", what: told.reason }];
    throw told;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Also by a role it may become: privileges of those are one `SET ROLE` away. */
const mayBe = "SELECT r.oid, r.rolname FROM pg_catalog.pg_roles r WHERE pg_catalog.pg_has_role(current_user, r.oid, 'MEMBER')";

async function isSuperuser(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query(`SELECT FROM pg_catalog.pg_roles p JOIN (${mayBe}) r USING (oid) WHERE p.rolsuper OR p.rolcreaterole`);
  return (rowCount ?? 0) > 0;
}

async function writable(client: pg.Client): Promise<RoleProblem[]> {
  const { rows } = await client.query<{ what: string }>(`
    WITH me AS (${mayBe}),
    relations AS (SELECT c.oid, c.relname, c.relkind FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema')
    SELECT c.relname AS what FROM relations c, me WHERE c.relkind IN ('r', 'p', 'v', 'f') AND (
      has_table_privilege(me.oid, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE') OR has_any_column_privilege(me.oid, c.oid, 'INSERT, UPDATE'))
    UNION SELECT c.relname FROM relations c, me WHERE c.relkind = 'S' AND has_sequence_privilege(me.oid, c.oid, 'USAGE, UPDATE')
    UNION SELECT n.nspname FROM pg_catalog.pg_namespace n, me
      WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND has_schema_privilege(me.oid, n.oid, 'CREATE')
    ORDER BY 1`);
  return rows.map(({ what }) => ({ code: "can_write", what }));
}

async function secretsReadable(client: pg.Client): Promise<RoleProblem[]> {
  const { rows } = await client.query<{ what: string }>(
    `SELECT DISTINCT s.name || coalesce('.' || s.col, '') AS what
     FROM unnest($1::text[], $2::text[]) AS s (name, col)
     JOIN pg_catalog.pg_attribute a ON a.attrelid = to_regclass(s.name) AND a.attnum > 0 AND NOT a.attisdropped AND (s.col IS NULL OR a.attname = s.col),
     (${mayBe}) me
     WHERE has_column_privilege(me.oid, a.attrelid, a.attnum, 'SELECT') ORDER BY 1`,
    [secrets.map(([table]) => table), secrets.map(([, column]) => column)],
  );
  return rows.map(({ what }) => ({ code: "secret_readable", what }));
}

async function unreadable(client: pg.Client, names: ReadonlySet<string>): Promise<RoleProblem[]> {
  const wanted = Object.entries(granted).flatMap(([table, columns]) => columns.map((column) => [table, column] as const));
  const present = wanted.filter(([table, column]) => names.has(`${table}.${column}`));
  const { rows } = await client.query<{ what: string }>(
    `SELECT w.name || '.' || w.col AS what FROM unnest($1::text[], $2::text[]) AS w (name, col)
     WHERE NOT has_column_privilege(to_regclass(w.name), w.col, 'SELECT') ORDER BY 1`,
    [present.map(([table]) => table), present.map(([, column]) => column)],
  );
  return rows.map(({ what }) => ({ code: "not_readable", what }));
}
