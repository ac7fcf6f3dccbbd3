import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applyGrants } from "#lib/synapse-db/apply-grants.ts";
import { checkRole } from "#lib/synapse-db/check-role.ts";
import { secrets } from "#lib/synapse-db/reads.ts";
import { emptyDatabase } from "#tests/fixtures/db.ts";
import { freshSynapseDb } from "#tests/fixtures/synapse-db.ts";

/** A role of this file alone: roles belong to the whole server. */
const role = `r_${randomUUID().slice(0, 8)}`;
let database: Awaited<ReturnType<typeof freshSynapseDb>>;
let admin: pg.Client;
let url: string;
beforeAll(async () => {
  database = await freshSynapseDb();
  admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  await applyGrants(database.url, { role, password: "it's \\ hard" });
  const reader = new URL(database.url);
  reader.username = role;
  reader.password = encodeURIComponent("it's \\ hard");
  url = reader.href;
}, 120_000);
afterAll(async () => {
  await admin.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  await admin.end();
  await database.drop();
});

/** Tries it, looks, and puts it right again. */
async function afterDoing(statement: string): Promise<Awaited<ReturnType<typeof checkRole>>> {
  await admin.query(statement);
  const problems = await checkRole(url);
  await applyGrants(database.url, { role, password: "it's \\ hard" });
  return problems;
}

test("what grants.sql makes has no problem, and running it again changes nothing", async () => {
  expect(await checkRole(url)).toEqual([]);
  await applyGrants(database.url, { role, password: "it's \\ hard" });
  expect(await checkRole(url)).toEqual([]);
});

test("a table that Synapse alters at this moment is not waited for, the first time and again", async () => {
  const synapse = new pg.Client({ connectionString: database.url });
  await synapse.connect();
  await synapse.query("BEGIN; ALTER TABLE users SET (fillfactor = 90); ALTER TABLE event_search SET (fillfactor = 90)");
  const another = { role: `${role} Meanwhile`, password: "x" };
  const granted = applyGrants(database.url, another).then(() => applyGrants(database.url, another)).then(() => "granted", (error: Error) => error.message);
  const ended = await Promise.race([granted, sleep(5000).then(() => "waited")]);
  // Whoever has waited sees the change now, and fails.
  await synapse.query("COMMIT");
  await synapse.end();
  expect([ended, await granted]).toEqual(["granted", "granted"]);
  await admin.query(`DROP OWNED BY "${another.role}"; DROP ROLE "${another.role}"`);
});

test("grants.sql runs as it is, without our command", async () => {
  await admin.query(await readFile("lib/synapse-db/grants.sql", "utf8"));
  const { rows } = await admin.query("SELECT rolsuper, rolcanlogin FROM pg_roles WHERE rolname = 'privacy_portal'");
  expect(rows).toEqual([{ rolsuper: false, rolcanlogin: true }]);
  await admin.query("DROP OWNED BY privacy_portal; DROP ROLE privacy_portal");
});

test("no secret can be read by it, tried one by one", async () => {
  const reader = new pg.Client({ connectionString: url });
  await reader.connect();
  for (const [table, column] of secrets) {
    expect([table, column, await reader.query(`SELECT ${column ?? "*"} FROM ${table}`).then(() => "read", (error: { code: string }) => error.code)]).toEqual([table, column, "42501"]);
  }
  await expect(reader.query("SELECT * FROM users")).rejects.toMatchObject({ code: "42501" });
  await expect(reader.query("SELECT 1 FROM user_ips WHERE access_token = 'x'")).rejects.toMatchObject({ code: "42501" });
  // The role's own setting guards against accidents only: whoever has the role can turn it off.
  await expect(reader.query("DELETE FROM users")).rejects.toMatchObject({ code: "25006" });
  await reader.query("SET default_transaction_read_only = off");
  await expect(reader.query("DELETE FROM users")).rejects.toMatchObject({ code: "42501" });
  await reader.end();
});

test.each([
  ["GRANT SELECT (password_hash) ON users TO %", "secret_readable", "users.password_hash"],
  ["GRANT SELECT ON login_tokens TO %", "secret_readable", "login_tokens"],
  ["GRANT INSERT ON devices TO %", "can_write", "devices"],
  ["GRANT UPDATE (displayname) ON profiles TO %", "can_write", "profiles"],
  ["GRANT USAGE ON events_stream_seq TO %", "can_write", "events_stream_seq"],
  ["GRANT CREATE ON SCHEMA public TO %", "can_write", "public"],
  ["REVOKE SELECT (json) ON event_json FROM %", "not_readable", "event_json.json"],
])("%s is told as %s", async (statement, code, what) => {
  expect(await afterDoing(statement.replace("%", role))).toEqual([{ code, what }]);
});

test("grants to a group are told too, inherited or one SET ROLE away", async () => {
  const group = `${role}_group`;
  await admin.query(`CREATE ROLE ${group}; GRANT SELECT (token), DELETE ON access_tokens TO ${group}; GRANT ${group} TO ${role}`);
  const problems = await checkRole(url);
  await admin.query(`DROP OWNED BY ${group}; DROP ROLE ${group}`);
  expect(problems).toEqual([{ code: "can_write", what: "access_tokens" }, { code: "secret_readable", what: "access_tokens.token" }]);
});

test("a superuser is told as that, and grants.sql will not pretend to limit one", async () => {
  expect(await checkRole(database.url)).toEqual([{ code: "superuser", what: "" }]);
  await expect(applyGrants(database.url, { role: "postgres", password: "x" })).rejects.toThrow("is a superuser");
});

test("another database is told by its name (D15)", async () => {
  const other = await emptyDatabase();
  expect(await checkRole(other.url)).toEqual([{ code: "not_synapse", what: new URL(other.url).pathname.slice(1) }]);
  await expect(applyGrants(other.url, { role, password: "x" })).rejects.toThrow("not a Synapse database");
  await other.drop();
});

test("a missing column is told", async () => {
  await admin.query("ALTER TABLE events RENAME COLUMN outlier TO renamed");
  expect(await checkRole(url)).toEqual([{ code: "column_missing", what: "events.outlier" }]);
  await admin.query("ALTER TABLE events RENAME COLUMN renamed TO outlier");
});

test("a refused login is a problem, a silent server an outage", async () => {
  const wrong = new URL(url);
  wrong.password = "wrong";
  expect(await checkRole(wrong.href)).toEqual([{ code: "refused", what: "28P01" }]);
  wrong.port = "1";
  await expect(checkRole(wrong.href)).rejects.toMatchObject({ name: "SynapseDbUnavailable" });
});
