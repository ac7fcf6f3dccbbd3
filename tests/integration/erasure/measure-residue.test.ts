import { afterAll, beforeAll, expect, test } from "vitest";
import { measureResidue, type ResidueFacts } from "#lib/erasure/measure-residue.ts";
import type { Memory } from "#lib/erasure/memory.ts";
import { readMemory } from "#lib/erasure/read-memory.ts";
import { readPlan } from "#lib/erasure/read-plan/read-plan.ts";
import type { Residue } from "#lib/erasure/residue.ts";
import { residueRules } from "#lib/erasure/residue-rules.ts";
import { countRows } from "#lib/erasure/rules/count.ts";
import { needlesOf } from "#lib/erasure/rules/needles.ts";
import { openSynapseDb } from "#lib/synapse-db/postgres.ts";
import type { SynapseDb } from "#lib/synapse-db/synapse-db.ts";
import { type Hostile, hostileSynapse, rooms, subject } from "#tests/fixtures/hostile-synapse.ts";
import { testNow } from "#tests/fixtures/clock.ts";

// A Matrix ID of the old grammar with all that breaks SQL, JSON and LIKE; rows no API would store.
let synapse: Hostile;
let reader: SynapseDb;
let memory: Memory;
const facts: ResidueFacts = { now: testNow, redacted: false, known: 0, redactionAllowedMs: null, filesLeft: () => Promise.resolve(0) };

beforeAll(async () => {
  synapse = await hostileSynapse();
  reader = openSynapseDb(synapse.reader);
  const found = await reader.snapshot((db) => readMemory(db, subject));
  if (!found) throw new Error("no memory");
  memory = { ...found, names: [...found.names, "A"] };
}, 120_000);
afterAll(async () => {
  await reader.close();
  await synapse.drop();
});

const measure = (of = memory, more: Partial<ResidueFacts> = {}): Promise<Residue> => reader.snapshot((db) => measureResidue(db, of, { ...facts, ...more }));
const rowsOf = ({ entries, unexplained }: Residue, table: string, column: string, trace = "mxid") =>
  [...entries, ...unexplained].find((entry) => entry.table === table && entry.column === column && entry.trace === trace)?.rows ?? 0;

test("finds her id as it stands and as JSON writes it, and never her twin's", async () => {
  const { rows } = await synapse.rows.client.query<{ json: string }>("SELECT json FROM event_json");
  const escaped = JSON.stringify(subject).slice(1, -1);
  const expected = rows.filter(({ json }) => json.includes(escaped) || json.includes(subject)).length;
  const residue = await measure();
  expect(expected).toBeGreaterThan(30);
  expect(rowsOf(residue, "event_json", "json")).toBe(expected);
  const { rows: sent } = await synapse.rows.client.query<{ n: number }>("SELECT count(*)::int AS n FROM events WHERE sender = $1", [subject]);
  expect(rowsOf(residue, "events", "sender")).toBe(sent[0]?.n);
});

test("finds what another encoder wrote in plain ASCII", async () => {
  const ake = "@Åke:example.org";
  await synapse.rows.insert("account_data", { user_id: "@bob:example.org", account_data_type: "m.ignored_user_list", stream_id: 9, content: `{"ignored_users":{"@\\u00c5ke:example.org":{}}}` });
  expect(rowsOf(await measure({ ...memory, mxid: ake, names: [], avatars: [] }), "account_data", "content")).toBe(1);
  expect(rowsOf(await measure(), "account_data", "content")).toBe(0);
});

test("a table read in many slices gives the same numbers", async () => {
  const needles = needlesOf(memory);
  const rules = residueRules.filter(({ table }) => table === "event_json");
  const [whole, slices] = await reader.snapshot(async (db) => [await countRows(db, "event_json", rules, needles), await countRows(db, "event_json", rules, needles, 1)]);
  expect(slices).toEqual(whole);
  const { rows } = await synapse.rows.client.query<{ blocks: string }>("SELECT pg_relation_size('event_json') / 8192 AS blocks");
  expect(Number(rows[0]?.blocks)).toBeGreaterThan(1);
});

test("own words are counted whether redacted, rejected, or fetched from elsewhere", async () => {
  const text = (await measure()).entries.filter(({ table, trace }) => table === "event_json" && trace === "text");
  // $redacted-self, -rechecked, -moderator; not the censored one, nor those whose redaction does not hold.
  expect(text.find(({ why }) => why === "censored_soon")?.rows).toBe(3);
  // What a ban hides is never emptied, and nobody is told that it will be.
  expect(text.find(({ why }) => why === "hidden_by_ban")).toMatchObject({ rows: 1, goesBy: null });
  const { unexplained } = await measure(memory, { redacted: true });
  expect(unexplained.some(({ table, trace, rows: n }) => table === "event_json" && trace === "text" && (n ?? 0) > 10)).toBe(true);
});

test("files that are still there are unexplained", async () => {
  expect((await measure(memory, { filesLeft: (ids) => Promise.resolve(ids.length + 2) })).unexplained).toContainEqual(expect.objectContaining({ table: "media_store", trace: "media", rows: memory.mediaIds.length + 2 }));
});

test("an older Synapse without some of the tables is measured and planned all the same", async () => {
  await synapse.rows.client.query("BEGIN; DROP TABLE profile_updates, sticky_events, thread_subscriptions, delayed_events, room_reports CASCADE; ALTER TABLE redactions DROP COLUMN recheck; COMMIT");
  const residue = await measure();
  expect(residue.entries.length).toBeGreaterThan(20);
  const plan = await reader.snapshot((db) => readPlan({ db, subject, serverName: "example.org", now: testNow, redactionAllowedMs: 1 }));
  expect(plan).toMatchObject({ mxid: subject, delayedEvents: 0 });
  expect(plan?.rooms.map(({ id }) => id)).toContain(rooms.history);
});
