import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { classified } from "#lib/kinds/classified.ts";
import { listUnmapped } from "#lib/kinds/list-unmapped.ts";
import { unmapped } from "#lib/kinds/unmapped.ts";
import { watchSynapse } from "#lib/kinds/watch-synapse.ts";
import { MailUnavailable } from "#lib/mail/mailer.ts";
import { openSynapseDb } from "#lib/synapse-db/postgres.ts";
import { fakeMailer } from "#tests/fakes/mailer.ts";
import { workerContext, webContext } from "#tests/fixtures/context.ts";
import { freshDb } from "#tests/fixtures/db.ts";
import { makePerson } from "#tests/fixtures/people.ts";
import { freshSynapseDb } from "#tests/fixtures/synapse-db.ts";

let portal: { db: PrismaClient; drop(): Promise<void> };
let database: Awaited<ReturnType<typeof freshSynapseDb>>;
let synapse: pg.Client;
beforeAll(async () => {
  [portal, database] = await Promise.all([freshDb(), freshSynapseDb()]);
  synapse = new pg.Client({ connectionString: database.url });
  await synapse.connect();
}, 120_000);
beforeEach(() => portal.db.unmappedData.deleteMany());
afterAll(async () => {
  await synapse?.end();
  await Promise.all([portal?.drop(), database?.drop()]);
});

const found = () => openSynapseDb(database.reader).snapshot(async ({ relations }) => unmapped(relations));

/** Something in the database for the length of one test. */
async function planted(make: string, remove: string, look: () => Promise<void>): Promise<void> {
  await synapse.query(make);
  try {
    await look();
  } finally {
    await synapse.query(remove);
  }
}

test("everything the real Synapse made is classified", async () => {
  expect(await found()).toEqual([]);
  expect(classified().size).toBeGreaterThanOrEqual(176);
});

test.each([
  ["a table nobody granted", "CREATE TABLE user_moods (user_id text, mood text)", "DROP TABLE user_moods", ["user_moods"]],
  ["a partitioned table, once", "CREATE TABLE moods (u text, d int) PARTITION BY LIST (d); CREATE TABLE moods_1 PARTITION OF moods FOR VALUES IN (1)", "DROP TABLE moods", ["moods"]],
  ["a copy kept as a materialized view", "CREATE MATERIALIZED VIEW whole AS SELECT * FROM users", "DROP MATERIALIZED VIEW whole", ["whole"]],
  ["a text in a table a kind covers", "ALTER TABLE users ADD COLUMN nickname text", "ALTER TABLE users DROP COLUMN nickname", ["users.nickname"]],
  ["JSON, bytes and arrays in a table nobody covers", "ALTER TABLE worker_locks ADD COLUMN a jsonb, ADD COLUMN b bytea, ADD COLUMN c text[]", "ALTER TABLE worker_locks DROP COLUMN a, DROP COLUMN b, DROP COLUMN c", ["worker_locks.a", "worker_locks.b", "worker_locks.c"]],
])("sees %s", (_, make, remove, names) => planted(make, remove, async () => expect(await found()).toEqual(names)));

test.each([
  ["a number, a time, a switch", "ALTER TABLE users ADD COLUMN n bigint, ADD COLUMN t timestamptz, ADD COLUMN s boolean", "ALTER TABLE users DROP COLUMN n, DROP COLUMN t, DROP COLUMN s"],
  ["an operator's index", "CREATE INDEX ours ON events (sender, stream_ordering)", "DROP INDEX ours"],
  ["an operator's view", "CREATE VIEW ours AS SELECT name FROM users", "DROP VIEW ours"],
  ["tables in another schema", "CREATE SCHEMA bridge; CREATE TABLE bridge.puppets (user_id text)", "DROP SCHEMA bridge CASCADE"],
])("leaves %s alone", (_, make, remove) => planted(make, remove, async () => expect(await found()).toEqual([])));

test("raises the alarm once, tells the officer once a name, and takes it back when it is gone", async () => {
  const mailer = fakeMailer();
  const ctx = workerContext(portal.db, { mailer, synapseDb: openSynapseDb(database.reader) });
  const officer = await makePerson(portal.db, { operator: true });
  const alarms = async () => (await listUnmapped(webContext(portal.db, { actor: officer }))).map(({ name }) => name);

  await watchSynapse(ctx);
  expect([await alarms(), mailer.sent.length]).toEqual([[], 0]);
  await planted("CREATE TABLE user_moods (user_id text)", "DROP TABLE user_moods", async () => {
    await watchSynapse(ctx);
    await watchSynapse(ctx);
    expect([await alarms(), mailer.sent.length]).toEqual([["user_moods"], 1]);
    expect(mailer.sent[0]).toMatchObject({ to: "dpo@test.example" });
    expect(mailer.sent[0]?.text).toContain("> user_moods");
    expect(mailer.sent[0]?.text).not.toContain("request ");
    await planted("ALTER TABLE users ADD COLUMN nickname text", "ALTER TABLE users DROP COLUMN nickname", () => watchSynapse(ctx));
    expect([await alarms(), mailer.sent.length]).toEqual([["user_moods", "users.nickname"], 2]);
    expect(mailer.sent[1]?.text).not.toContain("user_moods");
  });
  await watchSynapse(ctx);
  expect([await alarms(), mailer.sent.length]).toEqual([[], 2]);
});

test("an outage of the mail server delays the mail, not the alarm", async () => {
  const mailer = { send: () => Promise.reject(new MailUnavailable()), check: async () => undefined };
  await planted("CREATE TABLE user_moods (user_id text)", "DROP TABLE user_moods", async () => {
    await expect(watchSynapse(workerContext(portal.db, { mailer, synapseDb: openSynapseDb(database.reader) }))).rejects.toMatchObject({ failure: "mail_down" });
    expect(await portal.db.unmappedData.findMany()).toMatchObject([{ name: "user_moods", toldAt: null }]);
  });
});

test("nobody but an operator sees it", async () => {
  const person = await makePerson(portal.db);
  await expect(listUnmapped(webContext(portal.db, { actor: person }))).rejects.toMatchObject({ code: "not_found" });
});
