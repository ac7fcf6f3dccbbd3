import { beforeAll, expect, test } from "vitest";
import { checkBalance } from "#lib/export/ledger.ts";
import { delayedEvents } from "#lib/kinds/delayed-events.ts";
import { kindsByDefault, kindsOnApproval, type Source } from "#lib/kinds/kind.ts";
import { reportsAbout } from "#lib/kinds/reports-about.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import { emptySynapse } from "#tests/fixtures/empty-synapse.ts";
import { csvOf, included, linesOf, look } from "./reading.ts";

const subject = "@alice:example.org" as Mxid;
const room = "!room:example.org";
const at = 1_700_000_000_000;

const database = emptySynapse();
beforeAll(async () => {
  const delayed = (local: string, id: string, more: object) =>
    database.rows.insert("delayed_events", { delay_id: `SECRET-${id}`, user_localpart: local, device_id: local, delay: 1000, send_ts: at, room_id: room, event_type: "m.room.message", origin_server_ts: at, content: "{}", is_processed: false, ...more });
  await delayed("alice", "1", { content: '{"body":"mine","n":9007199254740993}' });
  await delayed("alice", "2", { send_ts: at + 1, state_key: "", event_type: "m.room.topic" });
  for (const local of ["Alice", "alice.", "al_ce", "@alice:example.org"]) await delayed(local, local, { content: '{"body":"CANARY"}' });

  await database.rows.event({ sender: subject, eventId: "$mine" });
  await database.rows.event({ sender: subject, eventId: "$fetched", streamOrdering: -7 });
  await database.rows.event({ sender: "@bob:example.org", eventId: "$bobs" });
  const report = (id: number, event_id: string) =>
    database.rows.insert("event_reports", { id, received_ts: at + id, room_id: room, event_id, user_id: "@CANARY-reporter:example.org", reason: "CANARY-reason", content: '{"CANARY":"content"}' });
  await report(1, "$mine");
  await report(2, "$mine");
  await report(3, "$fetched");
  await report(4, "$bobs");
  await report(5, "$unknown");
  await database.rows.insert("user_reports", { id: 1, received_ts: at, target_user_id: subject, user_id: "@CANARY-reporter:example.org", reason: "CANARY" });
  await database.rows.insert("user_reports", { id: 2, received_ts: at, target_user_id: "@Alice:example.org", user_id: subject, reason: "CANARY" });
}, 120_000);

const read = <T>(work: (source: Source) => Promise<T>, scope = {}) => look(database.reader, subject, work, scope);

test("messages to be sent later are found by the local part, exactly; the id that could stop them stays", async () => {
  const lines = await read((source) => linesOf(delayedEvents, source));
  expect(lines[0]).toBe(
    `{"record":"message","room_id":"${room}","device_id":"alice","event_type":"m.room.message","state_key":null,"delay":1000,"send_ts":${at},"origin_server_ts":${at},"is_processed":false,"sticky_duration_ms":null,"content":{"body":"mine","n":9007199254740993}}`,
  );
  expect(lines.length).toBe(2);
  expect(lines.join("")).not.toMatch(/CANARY|SECRET/);
  expect(await read((source) => delayedEvents.tally(source))).toEqual([{ kind: "delayed_events", room, candidates: 2, included: 2, tombstones: 0, excluded: {} }]);
});

test("reports about the person: the date and their own message, never who, why or in which words", async () => {
  const [lines, table] = await read(async (source) => [await linesOf(reportsAbout, source), await csvOf(reportsAbout, source)] as const);
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { record: "message", room_id: room, event_id: "$mine", received_ts: at + 1 },
    { record: "message", room_id: room, event_id: "$mine", received_ts: at + 2 },
    { record: "person", received_ts: at },
  ]);
  expect(JSON.stringify([lines, table])).not.toMatch(/CANARY|bobs|fetched/);
});

test("a report on a message that came back as history is counted and not given", async () => {
  const ledger = await read((source) => reportsAbout.tally(source));
  checkBalance(ledger);
  expect(ledger).toEqual([
    { kind: "reports_about", room, candidates: 3, included: 2, tombstones: 0, excluded: { BACKFILLED: 1 } },
    { kind: "reports_about", room: null, candidates: 1, included: 1, tombstones: 0, excluded: {} },
  ]);
  expect(await read((source) => reportsAbout.tally(source), { from: "2023-11-15" })).toMatchObject([{ excluded: { BACKFILLED: 1, OUT_OF_RANGE: 2 } }, { excluded: { OUT_OF_RANGE: 1 } }]);
  expect(included(await read((source) => reportsAbout.tally(source), { from: "2023-11-15" }))).toBe(0);
});

test("they are no part of what is asked for by default", () => {
  expect(kindsOnApproval).toContain("reports_about");
  expect(kindsByDefault).not.toContain("reports_about");
});

test("an older Synapse keeps the content of a delayed message as bytes: the lines are the same, whatever the database's form for bytes", async () => {
  const lines = await read((source) => linesOf(delayedEvents, source));
  await database.rows.client.query("ALTER TABLE delayed_events ALTER COLUMN content TYPE bytea USING convert_to(content, 'UTF8')");
  await database.rows.client.query("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET bytea_output = escape', current_database()); END $$");
  expect(await read((source) => linesOf(delayedEvents, source))).toEqual(lines);
  await database.rows.client.query("UPDATE delayed_events SET content = '\\xff00' WHERE delay_id = 'SECRET-1'");
  const [odd] = (await read((source) => linesOf(delayedEvents, source))).map((line) => JSON.parse(line) as { content: string });
  expect(odd?.content).toBe("\\xff00");
});
