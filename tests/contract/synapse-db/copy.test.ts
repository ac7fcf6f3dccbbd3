import net from "node:net";
import tls from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSynapseDb } from "#lib/synapse-db/postgres.ts";
import { sql } from "#lib/synapse-db/sql.ts";
import type { Snapshot, Sql } from "#lib/synapse-db/synapse-db.ts";
import { certificateFor } from "#tests/fixtures/certificate.ts";
import { freshSynapseDb } from "#tests/fixtures/synapse-db.ts";
import { openRows } from "#tests/fixtures/synapse-rows.ts";

let database: Awaited<ReturnType<typeof freshSynapseDb>>;
let lock: Awaited<ReturnType<typeof tlsBefore>>;
beforeAll(async () => {
  database = await freshSynapseDb();
  const rows = await openRows(database.url);
  await rows.client.query(`CREATE FUNCTION chatty(n int) RETURNS text LANGUAGE plpgsql AS $$
    BEGIN RAISE NOTICE 'd%', repeat('d', 200); PERFORM set_config('application_name', 'said ' || n, true); RETURN n::text; END $$`);
  await rows.close();
  lock = await tlsBefore(new URL(database.url));
}, 120_000);
afterAll(async () => {
  lock?.close();
  await database?.drop();
});

/** The same server, spoken to as one that asks for TLS. */
async function tlsBefore(target: URL): Promise<{ url: string; close(): void }> {
  const { certificate: cert, key } = certificateFor(["127.0.0.1"]);
  const server = net.createServer((near) => {
    near.once("data", () => {
      near.write("S");
      const far = net.connect(Number(target.port), target.hostname);
      const inside = new tls.TLSSocket(near, { isServer: true, key, cert });
      for (const socket of [near, far, inside]) socket.on("error", () => undefined);
      inside.pipe(far).pipe(inside);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(target);
  url.port = String((server.address() as net.AddressInfo).port);
  url.searchParams.set("sslmode", "no-verify");
  return { url: url.href, close: () => void server.close() };
}

describe.each([["plain", () => database.url], ["over TLS", () => lock.url]] as const)("%s", (_, url) => {
  const look = <T>(work: (snapshot: Snapshot) => Promise<T>) => openSynapseDb(url()).snapshot(work);
  const linesOf = async (snapshot: Snapshot, query: Sql) => {
    const bytes = Buffer.concat(await Array.fromAsync(snapshot.copy(query), (chunk) => Buffer.from(chunk)));
    return bytes.toString().split("\n").slice(0, -1);
  };

  test("rows of every size come whole, one copy after another, and the connection is good for the next look", async () => {
    const sizes = [1, 5, 8190, 8191, 8192, 65_535, 131_071, 131_072, 131_073, 400_000, 2];
    await look(async (snapshot) => {
      for (let turn = 0; turn < 3; turn += 1) {
        const lines = await linesOf(snapshot, sql`SELECT repeat('x', size) FROM unnest(${`{${sizes.join()}}`}::int[]) WITH ORDINALITY AS t(size, place) ORDER BY place`);
        expect(lines.map((line) => line.length)).toEqual(sizes);
        expect(await linesOf(snapshot, sql`SELECT 1 WHERE FALSE`)).toEqual([]);
        expect(await snapshot.all(sql`SELECT ${turn}::int AS turn`)).toEqual([{ turn }]);
      }
    });
  });

  test("a reader that takes its time gets every byte", async () => {
    const numbers = await look(async (snapshot) => {
      const parts: Buffer[] = [];
      for await (const chunk of snapshot.copy(sql`SELECT n FROM generate_series(1, 600000) n`)) {
        parts.push(Buffer.from(chunk));
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return Buffer.concat(parts).toString().split("\n");
    });
    expect(numbers).toHaveLength(600_001);
    expect(numbers.findIndex((number, index) => number !== String(index + 1))).toBe(600_000);
  });

  test("what the server says between rows is no row", async () => {
    const lines = await look((snapshot) => linesOf(snapshot, sql`SELECT chatty(n) FROM generate_series(1, 300) n`));
    expect(lines).toEqual(Array.from({ length: 300 }, (_each, index) => String(index + 1)));
  });

  test("an error after thousands of rows is that error, never a shorter file", async () => {
    const broken = sql`SELECT repeat('x', 100) || 1 / (5000 - n) FROM generate_series(1, 10000) n`;
    await expect(look((snapshot) => linesOf(snapshot, broken))).rejects.toMatchObject({ code: "22012" });
    await expect(look((snapshot) => linesOf(snapshot, sql`SELECT nothing FROM nowhere`))).rejects.toMatchObject({ name: "SynapseDbUnfit", reason: "42P01" });
  });
});
