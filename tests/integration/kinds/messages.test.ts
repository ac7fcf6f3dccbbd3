import { afterAll, beforeAll, expect, test } from "vitest";
import type { Source } from "#lib/kinds/kind.ts";
import { messages } from "#lib/kinds/messages.ts";
import { canary, hostileSynapse, oddTexts, rooms, subject, type Hostile } from "#tests/fixtures/hostile-synapse.ts";
import { csvOf, included, linesOf, look } from "./reading.ts";

let world: Hostile;
let lines: string[];
beforeAll(async () => {
  world = await hostileSynapse();
  lines = await read((source) => linesOf(messages, source));
}, 120_000);
afterAll(() => world?.drop());

const read = <T>(work: (source: Source) => Promise<T>, scope = {}) => look(world.reader, subject, work, scope);
const lineOf = (id: string) => lines.find((line) => line.startsWith(`{"event_id":"${id}"`)) ?? "";
const parsed = (id: string) => JSON.parse(lineOf(id) || "null") as Record<string, unknown>;
const eventText = (id: string) => lineOf(id).slice(lineOf(id).indexOf(',"event":') + 9, -1);

test("every line is JSON, and the lines are exactly what an independent query finds", async () => {
  const ids = lines.map((line) => (JSON.parse(line) as { event_id: string }).event_id);
  const { rows } = await world.rows.client.query<{ event_id: string }>(
    `SELECT event_id FROM events WHERE sender = $1 AND stream_ordering > 0
     EXCEPT SELECT event_id FROM rejections
     EXCEPT SELECT event_id FROM events WHERE rejection_reason IS NOT NULL
     EXCEPT SELECT event_id FROM event_json WHERE position('"soft_failed":true' IN replace(replace(internal_metadata, '\\"', ''), ' ', '')) > 0`,
    [subject],
  );
  expect([...ids].sort()).toEqual(rows.map((row) => row.event_id).sort());
  expect(ids.length).toBeGreaterThan(20);
});

test("nothing of anyone else, nothing redacted, nothing left out comes through", async () => {
  expect(lines.join("\n")).not.toContain(canary);
  expect(JSON.stringify(await read((source) => csvOf(messages, source)))).not.toContain(canary);
});

test.each(["nul", "numbers", "deep", "fakeKeys", "copyEnd"] as const)("passes %s byte for byte", (name) => {
  expect(eventText(`$odd-${name}`)).toBe(oddTexts[name]);
});

test.each(["controls", "tab"] as const)("carries raw control characters (%s) in base 64, byte for byte", (name) => {
  const { event, event_base64 } = parsed(`$odd-${name}`);
  expect(event).toBeUndefined();
  expect(Buffer.from(String(event_base64), "base64").toString()).toBe(oddTexts[name]);
});

test("gives the sending device, and neither token nor transaction", () => {
  expect(parsed("$odd-nul").device_id).toBe('DEV "nul"');
  expect(lines.join("")).not.toMatch(/token_id|txn_id/);
});

test("cuts other people's state out of own knocks and state events, and says so", async () => {
  expect(parsed("$knock")).toMatchObject({ cut: ["unsigned.knock_room_state"], event: { unsigned: { age: 5, replaces_state: "$x" } } });
  const { rows } = await world.rows.client.query<{ json: string }>("SELECT json FROM event_json WHERE event_id = '$knock'");
  const stored = rows[0]?.json ?? "";
  expect(eventText("$knock")).toBe(`${stored.slice(0, stored.indexOf('"unsigned":'))}"unsigned":{"age":5,"replaces_state":"$x"}}`);
  expect(parsed("$topic").cut).toEqual(["unsigned.prev_content", "unsigned.prev_sender"]);
  expect(parsed("$odd-fakeKeys").cut).toBeUndefined();
});

test.each([
  ["$redacted-self", "self", true],
  ["$redacted-other", "other", false],
  ["$redacted-rechecked", "other", true],
  ["$redacted-moderator", "other", true],
  ["$before-ban", "other", true],
])("%s is a tombstone", (id, by, held) => {
  expect(parsed(id)).toEqual({
    event_id: id,
    room_id: id === "$before-ban" ? rooms.forgotten : rooms.live,
    stream_ordering: expect.any(Number) as number,
    sender: subject,
    type: "m.room.message",
    origin_server_ts: expect.any(Number) as number,
    redacted: true,
    redacted_by: by,
    redacted_at: expect.any(Number) as number,
    content_held: held,
  });
});

test.each(["$recheck-domain", "$recheck-rejected", "$recheck-rejected-long-ago", "$recheck-room", "$recheck-absent", "$create-kept", "$after-ban"])("%s is not redacted", (id) => {
  expect(lineOf(id)).toContain("still here");
});

test("every line says what was sent and when, whatever its event is", async () => {
  const { rows } = await world.rows.client.query<{ event_id: string; type: string; at: string }>("SELECT event_id, type, origin_server_ts::text AS at FROM events WHERE sender = $1", [subject]);
  const stored = new Map(rows.map((row) => [row.event_id, row]));
  for (const line of lines) {
    const { event_id } = JSON.parse(line) as { event_id: string };
    expect(line).toContain(`,"type":${JSON.stringify(stored.get(event_id)?.type)},"origin_server_ts":${stored.get(event_id)?.at},`);
  }
});

test("an outlier that arrived live stays in, and so does a room nobody knows but the sender", () => {
  expect(parsed("$outlier").outlier).toBe(true);
  expect(parsed("$v12").room_id).toBe(rooms.v12);
});

test("keeps integers beyond 2^53 and missing times as they are", () => {
  expect(lineOf("$absurd-time")).toContain('"received_ts":null');
  expect(parsed("$absurd-time").event).toBeDefined();
});

test("comes by room, then in the order of arrival", () => {
  const places = lines.map((line) => JSON.parse(line) as { room_id: string; event_id: string });
  const order = [...new Set(places.map((place) => place.room_id))];
  expect(order).toEqual([...order].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
  expect(places.findIndex((place) => place.event_id === "$odd-nul")).toBeLessThan(places.findIndex((place) => place.event_id === "$outlier"));
});

test("the table has a row a line, in the same order, and reads well", async () => {
  const rows = await read((source) => csvOf(messages, source));
  expect(rows.map((row) => row.event_id)).toEqual(lines.map((line) => (JSON.parse(line) as { event_id: string }).event_id));
  const row = (id: string) => rows.find((candidate) => candidate.event_id === id);
  expect(row("$odd-nul")).toMatchObject({ room_name: "Room live", msgtype: "m.text", body: "nul \0 lone \ud800 é", redacted: null, sent_at: expect.any(Date) as Date });
  expect(row("$odd-controls")?.body).toContain("break");
  expect(row("$redacted-self")).toMatchObject({ body: null, redacted: "self" });
  // A column of dates holds nothing else: what no calendar has stands in the line alone.
  expect(row("$absurd-time")).toMatchObject({ sent_at: null });
});

test("days asked for are inclusive and decide by the time of sending, after the other reasons", async () => {
  const day = { from: "2023-11-14", to: "2023-11-14" };
  const [all, some, none] = [await read((source) => messages.tally(source)), await read((source) => messages.tally(source), day), await read((source) => messages.tally(source), { from: "2023-11-15" })];
  expect(included(some)).toBe(included(all) - 1);
  // The absurd time lies in the far future, so it alone is left.
  expect(included(none)).toBe(1);
  const mixed = (ledger: typeof all) => ledger.find((row) => row.room === rooms.mixed)?.excluded;
  expect(mixed(none)).toEqual({ BACKFILLED: 3, REJECTED: 2, SOFT_FAILED: 2, OUT_OF_RANGE: expect.any(Number) as number });
  expect((await read((source) => linesOf(messages, source), { from: "2023-11-15" })).length).toBe(1);
  expect((await read((source) => csvOf(messages, source), { from: "2023-11-15" })).length).toBe(1);
});

test("rooms are named for the reading view as the homeserver names them, whatever is asked for", async () => {
  const ids = [...Array.from({ length: 600 }, (_, at) => `!nowhere${at}:x`), rooms.mixed, "!'; DROP TABLE events; --:x"];
  const names = await read(async (source) => (await messages.timeline?.rooms(source, ids)) ?? []);
  const { rows } = await world.rows.client.query("SELECT room_id, name, room_type FROM room_stats_state WHERE room_id = $1", [rooms.mixed]);
  expect(names).toEqual(rows);
  expect(await read(async (source) => (await messages.timeline?.rooms(source, [])) ?? [])).toEqual([]);
});
