import net from "node:net";
import { expect, test } from "vitest";
import { openSynapseDb } from "#lib/synapse-db/postgres.ts";
import { sql } from "#lib/synapse-db/sql.ts";
import type { Snapshot } from "#lib/synapse-db/synapse-db.ts";
import { emptySynapse } from "#tests/fixtures/empty-synapse.ts";

const database = emptySynapse();

const unavailable = { name: "SynapseDbUnavailable" };
const many = sql`SELECT repeat('x', 1000) AS text FROM generate_series(1, 100000)`;
/** What a restart of the database does to each connection. */
const killReaders = () => database.rows.client.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'privacy-portal'");

test("cut off in the middle of a copy: an error, never a shorter file", async () => {
  const looking = openSynapseDb(database.reader).snapshot(async (snapshot) => {
    let bytes = 0;
    for await (const chunk of snapshot.copy(many)) {
      if (bytes === 0) await killReaders();
      bytes += chunk.length;
    }
    return bytes;
  });
  await expect(looking).rejects.toMatchObject(unavailable);
});

test("cut off in the middle of a cursor, or between two looks", async () => {
  const cursor = openSynapseDb(database.reader).snapshot(async (snapshot) => {
    let count = 0;
    for await (const _ of snapshot.rows(many)) if (++count === 1) await killReaders();
    return count;
  });
  await expect(cursor).rejects.toMatchObject(unavailable);
  const between = openSynapseDb(database.reader).snapshot(async (snapshot) => {
    await killReaders();
    await new Promise((resolve) => setTimeout(resolve, 100));
    return snapshot.all(sql`SELECT 1`);
  });
  await expect(between).rejects.toMatchObject(unavailable);
});

test("cut off after the last look: what was read is not called good", async () => {
  await expect(openSynapseDb(database.reader).snapshot(async () => void (await killReaders()))).rejects.toMatchObject(unavailable);
});

test("the next look works again", async () => {
  const db = openSynapseDb(database.reader);
  await expect(db.snapshot(killReaders)).rejects.toMatchObject(unavailable);
  expect(await db.snapshot((snapshot) => snapshot.all(sql`SELECT 1 AS one`))).toEqual([{ one: 1 }]);
});

test("nobody there, or a wrong password", async () => {
  const nobody = new URL(database.reader);
  nobody.port = "1";
  await expect(openSynapseDb(nobody.href).snapshot(async () => 1)).rejects.toMatchObject(unavailable);
  const wrong = new URL(database.reader);
  wrong.password = "wrong";
  await expect(openSynapseDb(wrong.href).snapshot(async () => 1)).rejects.toMatchObject({ name: "SynapseDbUnfit", reason: "28P01" });
});

test.each([
  ["a statement too long", { statement: 100 }, (snapshot: Snapshot) => snapshot.all(sql`SELECT pg_sleep(5)`)],
  ["a transaction idle too long", { idle: 100 }, async (snapshot: Snapshot) => {
    await new Promise((resolve) => setTimeout(resolve, 600));
    return snapshot.all(sql`SELECT 1`);
  }],
] as const)("%s is given up", async (_, limits, work) => {
  await expect(openSynapseDb(database.reader, limits).snapshot<unknown>(work)).rejects.toMatchObject(unavailable);
});

test("a table locked away is given up, and Synapse's own lock is not waited for", async () => {
  await database.rows.client.query("BEGIN; LOCK TABLE erased_users");
  try {
    // As the owner: the restricted role has a limit of its own, which would hide ours.
    await expect(openSynapseDb(database.url, { lock: 100 }).snapshot((snapshot) => snapshot.all(sql`SELECT user_id FROM erased_users`))).rejects.toMatchObject(unavailable);
  } finally {
    await database.rows.client.query("ROLLBACK");
  }
});

/** Passes bytes on until told to swallow them: the other side is gone and nobody said so (K11). */
async function blackhole(target: URL): Promise<{ url: string; swallow(): void; close(): void }> {
  let open = true;
  const sockets = new Set<net.Socket>();
  const server = net.createServer((near) => {
    const far = net.connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) sockets.add(socket.on("error", () => undefined));
    near.on("data", (data) => open && far.write(data));
    far.on("data", (data) => open && near.write(data));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(target);
  url.port = String((server.address() as net.AddressInfo).port);
  return {
    url: url.href,
    swallow: () => void (open = false),
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

test("silence is not waited for without end", async () => {
  for (const way of ["all", "rows", "copy"] as const) {
    const hole = await blackhole(new URL(database.reader));
    const looking = openSynapseDb(hole.url, { silence: 300 }).snapshot(async (snapshot) => {
      hole.swallow();
      const looked = snapshot[way](sql`SELECT 1`);
      return Symbol.asyncIterator in looked ? Array.fromAsync<unknown>(looked) : looked;
    });
    await expect(looking).rejects.toMatchObject(unavailable);
    hole.close();
  }
});

test("a slow reader is no silence: only waiting for the database counts", async () => {
  const bytes = await openSynapseDb(database.reader, { silence: 300 }).snapshot(async (snapshot) => {
    let sum = 0;
    for await (const chunk of snapshot.copy(sql`SELECT repeat('x', 1000) FROM generate_series(1, 300)`)) {
      await new Promise((resolve) => setTimeout(resolve, 400));
      sum += chunk.length;
    }
    return sum;
  });
  expect(bytes).toBe(300 * 1001);
});

test("rows that come one by one are no silence, however long all of them take", async () => {
  const bytes = await openSynapseDb(database.reader, { silence: 300 }).snapshot(async (snapshot) => {
    const rows = snapshot.copy(sql`SELECT repeat('x', 9000) FROM generate_series(1, 8) WHERE pg_sleep(0.1) IS NOT NULL`);
    return (await Array.fromAsync(rows, (chunk) => chunk.length)).reduce((sum, length) => sum + length, 0);
  });
  expect(bytes).toBe(8 * 9001);
});

test("closing ends what is open", async () => {
  const db = openSynapseDb(database.reader);
  const looking = db.snapshot(async (snapshot) => {
    await db.close();
    return snapshot.all(sql`SELECT 1`);
  });
  await expect(looking).rejects.toMatchObject(unavailable);
});
