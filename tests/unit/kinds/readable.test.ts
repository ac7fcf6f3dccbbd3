import { expect, test } from "vitest";
import { moment, outsideDays } from "#lib/kinds/days.ts";
import { kindsByDefault } from "#lib/kinds/kind.ts";
import { readable } from "#lib/kinds/readable.ts";
import { sql } from "#lib/synapse-db/sql.ts";

const event = (content: unknown) => JSON.stringify({ content });
const nothing = { msgtype: null, body: null, relation: null, relatesTo: null };

test.each([
  ["a message", event({ msgtype: "m.text", body: "hello" }), { ...nothing, msgtype: "m.text", body: "hello" }],
  ["a topic", event({ topic: "plans" }), { ...nothing, body: "plans" }],
  ["a reaction", event({ "m.relates_to": { rel_type: "m.annotation", event_id: "$x", key: "👍" } }), { ...nothing, body: "👍", relation: "m.annotation", relatesTo: "$x" }],
  ["a redaction", event({ redacts: "$x" }), { ...nothing, relatesTo: "$x" }],
  ["an answer", event({ body: "yes", "m.relates_to": { "m.in_reply_to": { event_id: "$x" } } }), { ...nothing, body: "yes", relation: "m.in_reply_to", relatesTo: "$x" }],
  ["a wrong type everywhere", event({ msgtype: 1, body: ["x"], "m.relates_to": "x" }), nothing],
  ["no content", "{}", nothing],
  ["content that is null", '{"content":null}', nothing],
  ["no object", "[]", nothing],
  ["broken JSON", '{"content":', nothing],
  ["nothing", null, nothing],
  ["raw control characters", '{"content":{"body":"a\nb"}}', { ...nothing, body: "a b" }],
  ["a name of every object", event({ constructor: 1 }), nothing],
])("reads %s", (_, json, seen) => {
  expect(readable(json)).toEqual(seen);
});

test.each([
  ["> <@bob:example.org> their words\n> more\n\nmy answer\n> my own quote", "my answer\n> my own quote"],
  ["> their words\nmy answer", "my answer"],
  ["> nothing but theirs", ""],
  ["no quote", "no quote"],
])("hides the words answered to: %j", (body, left) => {
  expect(readable(event({ body, "m.relates_to": { "m.in_reply_to": { event_id: "$x" } } })).body).toBe(left);
});

test("a quote in a message that answers nobody stays: it is the person's own", () => {
  expect(readable(event({ body: "> mine" })).body).toBe("> mine");
});

test.each([
  ["1700000000000", 1, new Date(1_700_000_000_000)],
  ["1700000000", 1000, new Date(1_700_000_000_000)],
  ["-1", 1, new Date(-1)],
  ["253402300799999", 1, new Date(253_402_300_799_999)],
  ["253402300800000", 1, null],
  ["-62135596800000", 1, new Date(-62_135_596_800_000)],
  ["-62135596800001", 1, null],
  ["9223372036854775807", 1, null],
  [null, 1, null],
] as const)("%s is a date where a calendar has one", (stored, unit, cell) => {
  expect(moment(stored, unit)).toEqual(cell);
});

test("the last day asked for ends where the next begins", () => {
  const scope = { kinds: kindsByDefault, mediaFiles: true };
  expect(outsideDays(sql`t`, { ...scope, from: "2024-02-29", to: "2024-02-29" }).values).toEqual([Date.UTC(2024, 1, 29), Date.UTC(2024, 2, 1)]);
  expect(outsideDays(sql`t`, { ...scope, from: null, to: null }).values).toEqual([]);
});
