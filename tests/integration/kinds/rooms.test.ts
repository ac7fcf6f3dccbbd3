import { afterAll, beforeAll, expect, test } from "vitest";
import { rooms as kind } from "#lib/kinds/rooms.ts";
import { canary, hostileSynapse, rooms, subject, type Hostile } from "#tests/fixtures/hostile-synapse.ts";
import { csvOf, linesOf, look } from "./reading.ts";

let world: Hostile;
let lines: Record<string, unknown>[];
beforeAll(async () => {
  world = await hostileSynapse();
  await world.rows.insert("local_current_membership", { room_id: rooms.live, user_id: subject, event_id: "$x", membership: "join" });
  await world.rows.insert("local_current_membership", { room_id: rooms.live, user_id: "@bob:example.org", event_id: "$y", membership: "ban" });
  lines = (await look(world.reader, subject, (source) => linesOf(kind, source))).map((line) => JSON.parse(line) as Record<string, unknown>);
}, 120_000);
afterAll(() => world?.drop());

test("lists each room once, with what is needed to know it again", () => {
  const listed = lines.filter((line) => line.record === "room");
  expect(listed.map((line) => line.room_id)).toEqual([rooms.forgotten, rooms.live, rooms.mixed]);
  expect(listed[1]).toEqual({
    record: "room", room_id: rooms.live, name: "Room live", room_type: null, room_version: "10", is_public: false, created_by_you: true, membership: "join", forgotten: false,
  });
  expect(listed[0]).toMatchObject({ created_by_you: false, membership: null, forgotten: true });
});

test("tells what others did to the membership, who did it and why", () => {
  const acts = lines.filter((line) => line.record === "membership");
  expect(acts.map((line) => line.event_id)).toEqual(["$ban", "$kick-redacted", "$kick-rowless", "$invite"]);
  expect(acts[3]).toMatchObject({ room_id: rooms.mixed, sender: "@bob:example.org", membership: "invite", display_name: "Subject", redacted: false, reason: null });
});

test("of a redacted one the membership stays and the words go", () => {
  expect(lines.find((line) => line.event_id === "$kick-redacted")).toMatchObject({ membership: "leave", redacted: true, reason: null, display_name: null, avatar_url: null });
  expect(lines.find((line) => line.event_id === "$kick-rowless")).toMatchObject({ redacted: true, reason: null });
});

test("holds nothing of anyone else, of history or of the state sent with an invite", async () => {
  const table = await look(world.reader, subject, (source) => csvOf(kind, source));
  expect(JSON.stringify([lines, table])).not.toContain(canary);
  expect(JSON.stringify([lines, table])).not.toContain(rooms.history);
  expect(table.map((row) => row.record)).toEqual(["room", "room", "room", "membership", "membership", "membership", "membership"]);
});

test("the days asked for apply to what others did, not to the list of rooms", async () => {
  const left = await look(world.reader, subject, (source) => linesOf(kind, source), { from: "2024-01-01" });
  expect(left.map((line) => (JSON.parse(line) as { record: string }).record)).toEqual(["room", "room", "room"]);
});
