import fc from "fast-check";
import { expect, test } from "vitest";
import { eventCells } from "#lib/kinds/event-cells.ts";

const rooms = [{ room_id: "!a:x", name: "Garden é", room_type: "m.space" }];
const head = '"event_id":"$e","room_id":"!a:x","stream_ordering":5,"type":"m.room.message","origin_server_ts":1700000000000';
const usual = (event: string, before = head) => `{${before},"received_ts":1700000000040,"outlier":false,"device_id":"DEV","event":${event}}`;
/** As Synapse 1.142 stores it. */
const pdu = (content: string) => `{"auth_events":["$x"],"type":"m.room.message","content":${content},"depth":1,"hashes":{"sha256":"y"},"unsigned":{"age_ts":1}}`;
const at = new Date(1_700_000_000_000);

async function cells(lines: readonly string[], cuts: readonly number[] = [], ends: readonly boolean[] = []) {
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
  const places = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b);
  async function* pieces() {
    for (let index = 1; index < places.length; index += 1) yield bytes.subarray(places[index - 1], places[index]);
  }
  return (await Array.fromAsync(eventCells(pieces(), rooms, ends))).flat();
}
const row = (msgtype: unknown, body: unknown, relation: unknown = null, relatesTo: unknown = null, redacted: unknown = null) =>
  ["!a:x", "Garden é", "m.space", at, "m.room.message", msgtype, body, relation, relatesTo, redacted, "$e"];

test.each([
  ["a message as Synapse 1.163 stores it", '{"signatures":{"x":{"ed25519:a":"s"},"y":{"ed25519:b":"s"}},"unsigned":{"age_ts":1},"room_id":"!a:x","auth_events":["$x"],"prev_events":["$y"],"content":{"body":"hello","msgtype":"m.text"},"depth":1,"hashes":{"sha256":"y"},"origin_server_ts":1,"sender":"@me:x","type":"m.room.message"}', row("m.text", "hello")],
  ["a message with braces in what is signed", '{"signatures":{"}":{"{":"}"}},"unsigned":{"age_ts":1},"content":{"body":"hello"},"depth":1}', row(null, "hello")],
  ["a message", pdu('{"body":"hello","msgtype":"m.text"}'), row("m.text", "hello")],
  ["an answer", pdu('{"body":"yes","m.relates_to":{"m.in_reply_to":{"event_id":"$x"}}}'), row(null, "yes", "m.in_reply_to", "$x")],
  ["an edit", pdu('{"body":"* new","m.new_content":{"body":"new"},"m.relates_to":{"rel_type":"m.replace","event_id":"$x"},"msgtype":"m.text"}'), row("m.text", "* new", "m.replace", "$x")],
  ["braces and quotes in its words", pdu(String.raw`{"body":"{\"content\":{\"body\":\"no\"}},\"x\" } {","msgtype":"m.text"}`), row("m.text", '{"content":{"body":"no"}},"x" } {')],
  ["content that comes last", '{"type":"m.room.message","content":{"body":"last"}}', row(null, "last")],
  ["content that comes after what holds another", '{"unsigned":{"prev_content":{},"content":{"body":"theirs"}},"content":{"body":"own"}}', row(null, "own")],
  ["content that comes before what holds another", '{"content":{"body":"own"},"unsigned":{"content":{"body":"theirs"},"age":1}}', row(null, "own")],
  ["no content but that of something else", '{"unsigned":{"x":1,"content":{"body":"theirs"},"age":1}}', row(null, null)],
  ["no content but that of something that holds more", '{"unsigned":{"y":{},"content":{"body":"theirs"},"age":1}}', row(null, null)],
  ["content that holds another", pdu('{"content":{"body":"inner"},"body":"outer"}'), row(null, "outer")],
  ["content twice: the last counts, as for every reader of JSON", '{"content":{"body":"first"},"depth":1,"content":{"body":"last"}}', row(null, "last")],
  ["content twice, once under an escaped name", String.raw`{"content":{"body":"first"},"depth":1,"\u0063ontent":{"body":"last"}}`, row(null, "last")],
  ["content that is whole, where what follows is no JSON", '{"content":{"body":"whole"},"depth":', row(null, "whole")],
  ["content with spaces around it", '{"content" : {"body" : "spaced"} , "depth":1}', row(null, "spaced")],
  ["content that is no object", '{"content":"x","depth":1}', row(null, null)],
  ["no content", '{"depth":1}', row(null, null)],
  ["null", "null", row(null, null)],
])("a row is made of %s", async (_name, event, expected) => {
  expect(await cells([usual(event)])).toEqual([expected]);
});

test.each([
  ["is no JSON", usual('{"content":{"body":"bro')],
  ["ends the line's own object and begins another", usual('{"a":1},"redacted":true,"event_id":"$other","x":{"b":1}')],
  ["was withheld", `{${head},"received_ts":7,"withheld":"unreadable"}`],
])("an event that %s has its head, and nothing else", async (_name, line) => {
  expect(await cells([line, usual(pdu('{"body":"next"}'))])).toEqual([row(null, null), row(null, "next")]);
});

test("an event that travelled in base 64 is read, its control characters as spaces", async () => {
  const base64 = Buffer.from(pdu('{"body":"a\u0001b é"}')).toString("base64");
  expect(await cells([`{${head},"received_ts":7,"event_base64":"${base64}"}`])).toEqual([row(null, "a b é")]);
});

test.each([["self", '"self"'], ["other", '"other"'], ["yes", "null"]])("a tombstone says by whom (%s), and nothing else", async (said, stored) => {
  const tombstone = `{"event_id":"$e","room_id":"!a:x","stream_ordering":5,"sender":"@me:x","type":"m.room.message","origin_server_ts":1700000000000,"redacted":true,"redacted_by":${stored},"redacted_at":7,"content_held":true}`;
  expect(await cells([tombstone])).toEqual([row(null, null, null, null, said)]);
});

test("a head says what it says: odd ids, no such room, no such time", async () => {
  const odd = String.raw`"event_id":"$\"é\\","room_id":"!\",\"event\":x","stream_ordering":5,"type":"\u0000","origin_server_ts":null`;
  expect(await cells([usual(pdu('{"body":"x"}'), odd)])).toEqual([['!","event":x', null, null, null, "\0", null, "x", null, null, null, '$"é\\']]);
  const late = head.replace("1700000000000", "9007199254740993000");
  expect((await cells([usual(pdu("{}"), late)]))[0]?.[3]).toBeNull();
});

test("every row ends with what it was told to end with", async () => {
  expect((await cells([usual(pdu("{}")), usual(pdu("{}"))], [], [true])).map((cell) => cell.at(-1))).toEqual([true, true]);
});

test("rows of any content, wherever the stream is cut", async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.json(), { maxLength: 6 }), fc.array(fc.nat({ max: 4000 }), { maxLength: 10 }), async (contents, cuts) => {
    const bodies = contents.map((content) => {
      const value = JSON.parse(content) as { body?: unknown } | null;
      return typeof value === "object" && value !== null && Object.hasOwn(value, "body") && typeof value.body === "string" ? value.body : null;
    });
    const lines = contents.map((content) => usual(pdu(content)));
    expect((await cells(lines, cuts)).map((cell) => [cell[6], cell[10]])).toEqual(bodies.map((body) => [body, "$e"]));
    expect(await cells([], cuts)).toEqual([]);
  }), { numRuns: 100 });
});
