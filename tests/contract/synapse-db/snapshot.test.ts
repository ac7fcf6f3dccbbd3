import { expect, test } from "vitest";
import { openSynapseDb } from "#lib/synapse-db/postgres.ts";
import { sql } from "#lib/synapse-db/sql.ts";
import { emptyDatabase } from "#tests/fixtures/db.ts";
import { emptySynapse } from "#tests/fixtures/empty-synapse.ts";
import { freshSynapseDb } from "#tests/fixtures/synapse-db.ts";
import { openRows } from "#tests/fixtures/synapse-rows.ts";

const database = emptySynapse();

const db = () => openSynapseDb(database.reader);
const textOf = async (chunks: AsyncIterable<Buffer>) => Buffer.concat(await Array.fromAsync(chunks, (chunk) => Buffer.from(chunk))).toString();

/** MXIDs of the old grammar may hold anything but a colon in the local part. */
const names = ["@it's:x", "@back\\slash:x", "@both\\'; DROP TABLE users; --:x", "@$1 $2:x", "@per%cent_:x", '@"quoted":x', "@E'x':x", "@new\nline:x", "@日本😀:x", "@:x", `@${"a".repeat(250)}:x`];

test.each(names)("finds exactly %j, by bind and by literal", async (name) => {
  await database.rows.insert("erased_users", { user_id: name });
  const query = sql`SELECT to_json(user_id)::text AS name FROM erased_users WHERE user_id = ${name}`;
  await db().snapshot(async (snapshot) => {
    expect(await snapshot.all(query)).toEqual([{ name: JSON.stringify(name) }]);
    expect(await textOf(snapshot.copy(query))).toBe(`${JSON.stringify(name)}\n`);
    expect(await Array.fromAsync(snapshot.rows(query))).toEqual([{ name: JSON.stringify(name) }]);
  });
});

test("copies text byte for byte, and says by quotes where it holds what would end it", async () => {
  const texts = ['{"a":"\\u0000 \\\\ \\n","b":9007199254740993}', "", "\\.", '"', "tab\t", "line\nbreak", "one\x01 two\x02"];
  await db().snapshot(async (snapshot) => {
    for (const text of texts) {
      const quoted = /[\x01\x02\n\r]/.test(text) || text === "";
      const given = await textOf(snapshot.copy(sql`SELECT ${text}::text`));
      expect([text, given.replace(/^\x01\\\.\x01/, "\\.")]).toEqual([text, quoted ? `\x01${text.replaceAll("\x01", "\x01\x01")}\x01\n` : `${text}\n`]);
    }
  });
});

test("bigint, numeric and JSON come as the text that is stored", async () => {
  const [row] = await db().snapshot((snapshot) =>
    snapshot.all(sql`SELECT 9007199254740993::bigint AS big, 1.10::numeric AS exact, '{"a":9007199254740993}'::json AS json, '{"a": 1}'::jsonb AS jsonb, 5::int AS small`),
  );
  expect(row).toEqual({ big: "9007199254740993", exact: "1.10", json: '{"a":9007199254740993}', jsonb: '{"a": 1}', small: 5 });
});

test("everything is of one moment, and the moment is told", async () => {
  const before = Date.now();
  await db().snapshot(async (snapshot) => {
    const count = async () => (await snapshot.all<{ n: string }>(sql`SELECT count(*) AS n FROM users`))[0]?.n;
    const first = await count();
    await database.rows.insert("users", { name: "@late:example.org", creation_ts: 1 });
    expect(await count()).toBe(first);
    expect(Math.abs(snapshot.takenAt.getTime() - before)).toBeLessThan(10_000);
  });
  await db().snapshot(async (snapshot) => expect(await snapshot.all(sql`SELECT name FROM users`)).toHaveLength(1));
});

test("writes nothing, even as a role that might", async () => {
  const owner = openSynapseDb(database.url);
  await expect(owner.snapshot((snapshot) => snapshot.all(sql`DELETE FROM users`))).rejects.toMatchObject({ code: "25006" });
});

test("knows what exists, whether or not it may be read", async () => {
  await db().snapshot(async (snapshot) => {
    const known = ["users", "access_tokens", "nowhere", "pg_class"].map((table) => snapshot.has(table));
    expect(await Promise.all(known)).toEqual([true, true, false, false]);
    expect(await snapshot.has("users", "password_hash")).toBe(true);
    expect(await snapshot.has("users", "nothing")).toBe(false);
  });
});

test("what is not granted is a refusal that trying again cannot help", async () => {
  await expect(db().snapshot((snapshot) => snapshot.all(sql`SELECT password_hash FROM users`))).rejects.toMatchObject({ name: "SynapseDbUnfit", reason: "42501" });
});

test("a cursor may be left early; many batches come whole", async () => {
  await db().snapshot(async (snapshot) => {
    for await (const row of snapshot.rows<{ n: number }>(sql`SELECT n FROM generate_series(1, 10000) n`)) if (row.n === 3) break;
    expect((await Array.fromAsync(snapshot.rows(sql`SELECT n FROM generate_series(1, 1000) n`))).length).toBe(1000);
    expect(await Array.fromAsync(snapshot.rows(sql`SELECT 1 WHERE FALSE`))).toEqual([]);
    expect(await snapshot.all(sql`SELECT 1 AS one`)).toEqual([{ one: 1 }]);
  });
});

test("a copy left early costs the connection, and says so", async () => {
  await expect(
    db().snapshot(async (snapshot) => {
      for await (const chunk of snapshot.copy(sql`SELECT repeat('x', 1000) FROM generate_series(1, 100000)`)) if (chunk.length > 0) break;
      await snapshot.all(sql`SELECT 1`);
    }),
  ).rejects.toMatchObject({ name: "SynapseDbUnavailable" });
});

test("the look's own error comes out as it is", async () => {
  const own = new TypeError("mine");
  await expect(db().snapshot(() => Promise.reject(own))).rejects.toBe(own);
});

test("another database is refused, not found empty (D15)", async () => {
  const other = await emptyDatabase();
  await expect(openSynapseDb(other.url).snapshot(async () => "empty success")).rejects.toMatchObject({ name: "SynapseDbUnfit", reason: "not_synapse" });
  await other.drop();
});

test("a Synapse without a column we cannot do without is refused", async () => {
  const old = await freshSynapseDb();
  const { client, close } = await openRows(old.url);
  await client.query("ALTER TABLE events DROP COLUMN rejection_reason");
  await close();
  await expect(openSynapseDb(old.reader).snapshot(async () => "success")).rejects.toMatchObject({ reason: "column_missing" });
  await old.drop();
});
