import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { freshDb } from "#tests/fixtures/db.ts";
import { freshSynapseDb } from "#tests/fixtures/synapse-db.ts";
import { openRows, type SynapseRows } from "#tests/fixtures/synapse-rows.ts";
import { waitingPortal } from "#tests/bench/portal.ts";
import { inWorkerProcess } from "#tests/harness/worker-process.ts";

let synapse: { url: string; reader: string; drop(): Promise<void> };
let rows: SynapseRows;
let folder = "";
beforeAll(async () => {
  [synapse, folder] = [await freshSynapseDb(), await mkdtemp(path.join(tmpdir(), "memory-"))];
  rows = await openRows(synapse.url);
}, 180_000);
afterAll(async () => {
  await rows.close();
  await synapse.drop();
  await rm(folder, { recursive: true, force: true });
});

/** So many messages of one person, by the database itself. Badly compressible, as hashes and signatures are. */
async function write(subject: string, count: number): Promise<void> {
  const json = `'{"content":{"body":"' || repeat('a message of ordinary length ', 30) || n || '","msgtype":"m.text"},"hashes":"' || md5(n::text) || md5(n || 'b') || md5(n || 'c') || md5(n || 'd') || '","room_id":"!room:example.org","sender":"${subject}","type":"m.room.message","unsigned":{"age_ts":1}}'`;
  const base = Number((await rows.client.query<{ n: string }>("SELECT coalesce(max(stream_ordering), 0) + 1 AS n FROM events")).rows[0]?.n);
  await rows.client.query(
    `INSERT INTO events (event_id, room_id, type, sender, stream_ordering, topological_ordering, depth, outlier, processed, origin_server_ts, received_ts)
     SELECT '$e' || n, '!room:example.org', 'm.room.message', $1, n, n, n, FALSE, TRUE, 1700000000000 + n, 1700000000000 + n FROM generate_series($2::bigint, $3::bigint) n`,
    [subject, base, base + count - 1],
  );
  await rows.client.query(
    `INSERT INTO event_json (event_id, room_id, internal_metadata, json, format_version) SELECT '$e' || n, '!room:example.org', '{}', ${json}, 3 FROM generate_series($1::bigint, $2::bigint) n`,
    [base, base + count - 1],
  );
}

async function peakOf(subject: string, count: number): Promise<number> {
  await write(subject, count);
  const portal = await freshDb();
  const { env, requestId, stop } = await waitingPortal({ portalUrl: portal.url, synapseUrl: synapse.reader, serverName: "example.org", subject, folder });
  try {
    const built = await inWorkerProcess<{ peakRssMb: number; messages: number }>("tests/bench/worker-child.ts", { env, requestId });
    expect(built.messages).toBe(count);
    return built.peakRssMb;
  } finally {
    await stop();
    await portal.drop();
  }
}

it("the worker itself, with queue, database and mail loaded, does not grow with the person's events", async () => {
  // The first start compiles what the later ones find compiled.
  await peakOf("@cold:example.org", 10);
  const few = await peakOf("@few:example.org", 3_000);
  const many = await peakOf("@many:example.org", 60_000);
  expect(many).toBeLessThan(200);
  // 60 000 of these events held in memory, as lines or as rows, would be 70 MB on top of what any build takes.
  expect(many - few).toBeLessThan(40);
}, 240_000);
