import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { measureResidue, type ResidueFacts } from "#lib/erasure/measure-residue.ts";
import type { Memory } from "#lib/erasure/memory.ts";
import { readMemory } from "#lib/erasure/read-memory.ts";
import type { Residue, ResidueEntry } from "#lib/erasure/residue.ts";
import { openFilesLeft } from "#lib/matrix/files-left.ts";
import { eraseByHand, needlesFor, rosasWorld, type ErasedWorld } from "./erased-world.ts";
import { findTraces } from "./find-traces.ts";

let given: ErasedWorld;
let memory: Memory;
const now = new Date("2026-12-01T00:00:00.000Z");

beforeAll(async () => {
  given = await rosasWorld("residue");
  const { world, reader, subject, db } = given;
  // A label that is redacted, and stays as a copy in the directory.
  const { rows } = await db.query<{ id: string }>("SELECT event_id AS id FROM current_state_events WHERE room_id = $1 AND type = 'm.room.topic'", [world.rooms.committee.id]);
  await world.people.rosa.client.redact(world.rooms.committee.id, rows[0]?.id ?? "");
  const found = await reader.snapshot((snapshot) => readMemory(snapshot, subject));
  if (!found) throw new Error("no memory");
  memory = found;
}, 300_000);
afterAll(() => given?.close());

const measure = (more: Partial<ResidueFacts> = {}): Promise<Residue> => {
  const filesLeft = openFilesLeft(path.join(given.synapse.dataDir, "media"));
  return given.reader.snapshot((db) => measureResidue(db, memory, { now, redacted: false, known: 0, redactionAllowedMs: null, filesLeft, ...more }));
};
const places = (entries: readonly ResidueEntry[]) => [...new Set(entries.map(({ table, column }) => (column === "" ? table : `${table}.${column}`)))];

test("before anything is done nearly all of it is unexplained", async () => {
  const { unexplained } = await measure();
  expect(places(unexplained)).toEqual(expect.arrayContaining(["profiles.displayname", "user_threepids.address", "devices.ip", "account_data.user_id", "delayed_events.user_localpart", "local_media_repository.user_id", "media_store"]));
});

test("deactivated with erase, and the media forgotten: the report says so, and nothing else", async () => {
  await eraseByHand(given, { media: false });
  const { unexplained } = await measure();
  expect(places(unexplained)).toEqual([
    "local_media_repository.media_id", "local_media_repository.upload_name", "local_media_repository.user_id", "local_media_repository_thumbnails.media_id", "media_store",
  ]);
});

test("with the media gone everything has its reason", async () => {
  await eraseByHand(given, { media: true });
  expect((await measure()).unexplained).toEqual([]);
});

test("an independent look by a superuser finds no place that is not on the report", async () => {
  const found = await findTraces(given.db, needlesFor(given.world));
  const report = new Set(places((await measure()).entries));
  const missing = found.filter(({ table, column }) => !report.has(`${table}.${column}`));
  expect(missing).toEqual([]);
  // Enough was planted, and enough is left, for this to mean something.
  expect(new Set(found.map(({ table, column }) => `${table}.${column}`)).size).toBeGreaterThan(50);
  expect(new Set(found.map(({ needle }) => needle.split(":")[0]))).toEqual(new Set(["mxid", "name", "address", "device", "ip", "media", "text"]));
});

test("a place the report does not know is found by it: this test can fail", async () => {
  await given.db.query("BEGIN; ALTER TABLE room_depth ADD COLUMN note text; UPDATE room_depth SET note = '@rosa:garden.example'");
  const found = await findTraces(given.db, [{ name: "mxid", text: given.subject }]);
  await given.db.query("ROLLBACK");
  expect(found.map(({ table, column }) => `${table}.${column}`)).toContain("room_depth.note");
});

test("rows are counted as a plain query counts them", async () => {
  const { entries } = await measure();
  const rows = (table: string, column: string) => entries.filter((entry) => entry.table === table && entry.column === column).map((entry) => entry.rows);
  const count = async (sql: string) => Number((await given.db.query<{ n: string }>(sql, [given.subject])).rows[0]?.n);
  expect(rows("events", "sender")).toEqual([await count("SELECT count(*) AS n FROM events WHERE sender = $1")]);
  expect(rows("event_search", "vector")).toEqual([await count("SELECT count(*) AS n FROM event_search s JOIN events e ON s.event_id = e.event_id WHERE e.sender = $1")]);
  expect(rows("room_memberships", "display_name")).toEqual([await count("SELECT count(display_name) AS n FROM room_memberships WHERE user_id = $1")]);
  expect(entries.find(({ column }) => column === "keydata")).toEqual({ table: "e2e_cross_signing_keys", column: "keydata", trace: "mxid", rows: 3, why: "keys", law: null, sql: "keys", goesBy: null });
  expect(rows("account_data", "content")).toEqual([1]);
  expect(entries.filter(({ rows }) => rows === null).length).toBeGreaterThan(8);
});

test("with redaction chosen, what is neither redacted nor accounted for is unexplained", async () => {
  const text = ({ entries, unexplained }: Residue) => Object.fromEntries([...entries, ...unexplained].filter(({ table, trace }) => table === "event_json" && trace === "text").map(({ why, rows, goesBy }) => [why, goesBy === null ? rows : [rows, goesBy]]));
  const plain = text(await measure());
  const left = Number(plain["messages"]);
  // Three of hers are redacted, and Synapse empties them only after a week.
  expect(plain).toEqual({ censored_soon: [3, "2026-12-08T00:00:00.000Z"], messages: left });
  expect(left).toBeGreaterThan(40);
  expect(text(await measure({ redacted: true, known: 5 }))).toEqual({ censored_soon: [3, "2026-12-08T00:00:00.000Z"], not_redacted: 5, unexpected: left - 5 });
  expect(text(await measure({ redacted: true, known: left + 99 }))).toEqual({ censored_soon: [3, "2026-12-08T00:00:00.000Z"], not_redacted: left });
  const old = text(await measure({ redacted: true, redactionAllowedMs: -365 * 86_400_000 }));
  expect(Number(old["too_old"]) + Number(old["unexpected"])).toBe(left);
});

test("a table nobody knows is unexplained: it cannot be looked at", async () => {
  await given.db.query("CREATE TABLE user_moods (user_id text)");
  const { unexplained } = await measure();
  await given.db.query("DROP TABLE user_moods");
  expect(unexplained).toEqual([{ table: "user_moods", column: "", trace: "mxid", rows: null, why: "unmapped", law: null, sql: null, goesBy: null }]);
});

test("the list of which Synapse makes its directory is on the report while it stands, and nothing unexplained", async () => {
  await given.db.query("CREATE TABLE _temp_populate_user_directory_users AS SELECT name AS user_id FROM users");
  const { entries, unexplained } = await measure();
  await given.db.query("DROP TABLE _temp_populate_user_directory_users");
  const list = { table: "_temp_populate_user_directory_users", column: "user_id", trace: "mxid", rows: null };
  expect(entries.filter(({ table }) => table === list.table)).toEqual([{ ...list, why: "unread_directory", law: null, sql: null, goesBy: "2026-12-09T00:00:00.000Z" }]);
  expect(unexplained).toEqual([]);
});

test("where the media store is not mounted the report says that it was not seen", async () => {
  const { entries, unexplained } = await measure({ filesLeft: openFilesLeft(null) });
  expect(entries.find(({ table }) => table === "media_store")).toMatchObject({ rows: null, why: "media_unseen" });
  expect(unexplained).toEqual([]);
});

/** Every row of every table as text: what a statement took away, and what it put there instead. */
async function everyRow(): Promise<Map<string, string[]>> {
  const { rows: tables } = await given.db.query<{ name: string }>("SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1");
  const all = new Map<string, string[]>();
  for (const { name } of tables) {
    const { rows } = await given.db.query<{ row: string }>(`SELECT t::text AS row FROM ${pg.escapeIdentifier(name)} t`);
    all.set(name, rows.map(({ row }) => row));
  }
  return all;
}

function missingFrom(before: readonly string[], after: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const row of after) left.set(row, (left.get(row) ?? 0) + 1);
  return before.filter((row) => {
    const n = left.get(row) ?? 0;
    left.set(row, n - 1);
    return n < 1;
  });
}

const labelled = ["room_stats_state", "sliding_sync_joined_rooms", "sliding_sync_membership_snapshots"];

test.each(readdirSync("lib/erasure/residue-sql"))("%s removes what the report counted, of hers alone", async (file) => {
  const { db, subject, world } = given;
  // The homeserver stands still, so that every change is the statement's.
  await given.synapse.stop();
  const name = file.replace(/\.sql$/, "");
  const reported = (await measure()).entries.filter(({ sql }) => sql === name);
  expect(reported, "nothing on the report to remove").not.toEqual([]);
  const text = (await readFile(`lib/erasure/residue-sql/${file}`, "utf8")).replaceAll(":'mxid'", pg.escapeLiteral(subject)).replaceAll(":'address'", pg.escapeLiteral(memory.mails[0] ?? ""));
  const own = (await db.query<{ id: string }>("SELECT event_id AS id FROM events WHERE sender = $1", [subject])).rows.map(({ id }) => id);
  const before = await everyRow();
  await db.query(text);
  const after = await everyRow();

  const gone = new Map([...before].map(([table, rows]) => [table, missingFrom(rows, after.get(table) ?? [])] as const).filter(([, rows]) => rows.length > 0));
  expect([...gone.keys()].sort()).toEqual([...new Set(reported.map(({ table }) => table))].sort());
  for (const [table, rows] of gone) {
    const counts = reported.filter((entry) => entry.table === table).map((entry) => entry.rows ?? 0);
    expect([table, rows.length >= Math.max(...counts), rows.length <= counts.reduce((sum, n) => sum + n, 0)]).toEqual([table, true, true]);
    const hers = (row: string) => row.includes(subject) || row.includes(memory.mails[0] ?? "") || own.some((id) => row.includes(id)) || (labelled.includes(table) && row.includes(world.rooms.committee.id));
    expect(rows.filter((row) => !hers(row))).toEqual([]);
  }
  const rest = await measure();
  expect(rest.entries.filter(({ sql }) => sql === name)).toEqual([]);
  expect(rest.unexplained).toEqual([]);
});

test("and the homeserver goes on for everybody else", async () => {
  await given.synapse.start();
  const { ben } = given.world.people;
  await ben.client.sync();
  const { chunk } = await ben.client.messages(given.world.rooms.garden.id);
  expect(chunk.length).toBeGreaterThan(20);
  await ben.client.say(given.world.rooms.garden.id, "We miss her.");
});
