import { expect, test } from "vitest";
import { cutForeign, mayBeForeign } from "#lib/kinds/foreign.ts";

const cut = (text: string) => {
  const result = cutForeign(Buffer.from(text));
  return result && { text: result.bytes.toString(), paths: result.paths };
};

test.each([
  ["only foreign", '{"a":1,"unsigned":{"invite_room_state":[{"x":"}"}]},"b":2}', '{"a":1,"unsigned":{},"b":2}', ["invite_room_state"]],
  ["foreign first", '{"unsigned":{"invite_room_state":[],"age":1}}', '{"unsigned":{"age":1}}', ["invite_room_state"]],
  ["foreign last", '{"unsigned":{"age":1,"knock_room_state":{}}}', '{"unsigned":{"age":1}}', ["knock_room_state"]],
  ["between, with spaces", '{ "unsigned" : { "age" : 1 , "prev_content":{}, "age_ts":2 } , "z": 0}', '{ "unsigned" : {"age" : 1,"age_ts":2} , "z": 0}', ["prev_content"]],
  ["two of them", '{"unsigned":{"redacted_because":{},"x":1}}', '{"unsigned":{}}', ["redacted_because", "x"]],
  ["the key twice", '{"unsigned":{"x":1},"unsigned":{"y":1}}', '{"unsigned":{},"unsigned":{}}', ["x", "y"]],
  ["an escaped key", String.raw`{"\u0075nsigned":{"\u0078":1}}`, String.raw`{"\u0075nsigned":{}}`, ["x"]],
])("cuts: %s", (_, stored, left, keys) => {
  expect(cut(stored)).toEqual({ text: left, paths: keys.map((key) => `unsigned.${key}`) });
  expect(mayBeForeign(Buffer.from(stored))).toBe(true);
});

test("an `unsigned` that is no object is foreign as a whole", () => {
  expect(cut('{"unsigned":["x"],"b":1}')).toEqual({ text: '{"unsigned":{},"b":1}', paths: ["unsigned"] });
});

test.each([
  '{"unsigned":{"age":1}}',
  '{"content":{"unsigned":{"mine":1}},"unsigned":{"age_ts":-1,"replaces_state":"$x"}}',
  '[{"unsigned":{"x":1}}]',
  '{"big":9007199254740993,"é":"ü","unsigned":{}}',
])("leaves %s as it is", (stored) => {
  expect(cut(stored)).toEqual({ text: stored, paths: [] });
});

test("finds its way through raw control characters and many bytes a letter", () => {
  expect(cut('{"body":"日本\n\x01","unsigned":{"x":"é"},"z":1}')).toEqual({ text: '{"body":"日本\n\x01","unsigned":{},"z":1}', paths: ["unsigned.x"] });
});

test.each(['{"unsigned":{"x":1}', "", "{} {}", "null,"])("says so when nobody can tell what is in it: %j", (stored) => {
  expect(cut(stored)).toBeNull();
});

test.each(['{"unsigned":{"age_ts":1700000000000}}', String.raw`{"body":"caf\u00e9 \u0000 \u2028"}`, '{"body":"the word unsigned"}', '{"body":"\\"unsigned\\":1"}'])(
  "lets %s pass without a look inside",
  (stored) => {
    expect(mayBeForeign(Buffer.from(stored))).toBe(false);
  },
);

test.each(['{"age_ts":1,"redacted_because":{}}', '{"age_ts":1', '{"age_ts":}', '{"age_ts":{"x":1}}', '{"age_tt":1}', '{"secret":7}', '{"age_ts":"1","x":1}', "[]", "{"])("looks inside at unsigned %s", (unsigned) => {
  expect(mayBeForeign(Buffer.from(`{"type":"m.x","unsigned":${unsigned}`))).toBe(true);
});

test("sees the second of two where the first is the usual one", () => {
  expect(mayBeForeign(Buffer.from('{"unsigned":{"age_ts":1}}\n{"unsigned":{"x":1}}\n'))).toBe(true);
});

test("looks inside when the allowed keys go on longer than it reads", () => {
  expect(mayBeForeign(Buffer.from(`{"unsigned":{"replaces_state":"${"x".repeat(300)}"}}`))).toBe(true);
});
