import fc from "fast-check";
import { expect, test } from "vitest";
import { eventLines } from "#lib/kinds/event-lines.ts";

/** What COPY makes of one value: quoted only when it holds the quote, the delimiter or a line break. */
const copied = (value: string) => (/[\x01\x02\n\r]/.test(value) ? `\x01${value.replaceAll("\x01", "\x01\x01")}\x01\n` : `${value}\n`);
const row = (id: number, event: string) => `{"event_id":"$${id}","event":${event}}`;

async function given(stream: string, cuts: readonly number[] = []): Promise<string> {
  const bytes = Buffer.from(stream);
  const places = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b);
  async function* chunks() {
    for (let index = 1; index < places.length; index += 1) yield bytes.subarray(places[index - 1], places[index]);
  }
  const parts: Uint8Array[] = [];
  for await (const part of eventLines(chunks())) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString();
}

const events = [
  '{"content":{"body":"plain"},"unsigned":{"age_ts":1}}',
  '{"content":{"body":"é 日本 😀"},"unsigned":{}}',
  '{"content":{"body":"raw \x01\x01 \x02 \n\r"},"unsigned":{"x":"CUT"}}',
  '{"content":{"body":"\x01"}}',
  '{"content":{"body":"tab \t"}}',
  '{"unsigned":{"invite_room_state":["CUT"],"age":1}}',
  String.raw`{"content":{"body":"\u0000 \ud800 ,\"event\":\n"}}`,
];

test("the same lines come out, wherever the chunks are cut", async () => {
  const stream = events.map((event, index) => copied(row(index, event))).join("");
  const whole = await given(stream);
  const lines = whole.split("\n");
  expect(lines.pop()).toBe("");
  expect(lines).toHaveLength(events.length);
  expect(lines[0]).toBe(row(0, events[0] ?? ""));
  expect(lines[6]).toBe(row(6, events[6] ?? ""));
  expect(whole).not.toContain("CUT");
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: stream.length * 2 }), { maxLength: 20 }), async (cuts) => {
      expect(await given(stream, cuts)).toBe(whole);
    }),
  );
});

/** Any code point, half of them from those that COPY or JSON treat apart; the library's own unit for this takes seconds to set up on a busy machine. */
const unit = fc.oneof(fc.nat({ max: 0x10ffff }), fc.nat({ max: 0x1f })).map((point) => String.fromCodePoint(point));

test("every event comes back byte for byte but for what was cut", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit }), { minLength: 1, maxLength: 8 }), fc.array(fc.nat({ max: 5000 }), { maxLength: 5 }), async (bodies, cuts) => {
      // NUL is what a PostgreSQL text cannot hold; a raw quotation mark or backslash would end the JSON string.
      const stored = bodies.map((body) => `{"body":"${body.toWellFormed().replace(/[\0"\\]/g, "x")}"}`);
      const lines = (await given(stored.map((event, index) => copied(row(index, event))).join(""), cuts)).split("\n").slice(0, -1);
      const back = lines.map((line) => {
        const { event_base64 } = JSON.parse(line) as { event_base64?: string };
        return event_base64 === undefined ? line.slice(line.indexOf(',"event":') + 9, -1) : Buffer.from(event_base64, "base64").toString();
      });
      expect(back).toEqual(stored);
    }),
  );
});

test("what cannot be read is withheld rather than risked", async () => {
  expect(await given(copied(row(1, '{"unsigned":{"x":1}')))).toBe('{"event_id":"$1","withheld":"unreadable"}\n');
});

test("a tombstone passes as it is, and no row is no line", async () => {
  expect(await given('{"event_id":"$1","redacted":true}\n')).toBe('{"event_id":"$1","redacted":true}\n');
  expect(await given("")).toBe("");
});

test("a stream that ends within a row is an error, not a shorter file", async () => {
  await expect(given('{"event_id":"$1","event":{}')).rejects.toMatchObject({ name: "SynapseDbUnavailable" });
  await expect(given('\x01{"a":"\n"}\n')).rejects.toMatchObject({ name: "SynapseDbUnavailable" });
});

test("a control character is seen at every place of a line and of the chunk it lies in", async () => {
  for (let shift = 0; shift < 5; shift += 1) {
    for (let place = 0; place < 9; place += 1) {
      for (const control of ["\x03", "\x1f", "\t"]) {
        const event = `{"${"é".repeat(shift)}${"x".repeat(place)}${control}${"ÿ".repeat(8 - place)}":1}`;
        const line = await given(copied(row(1, event)), [shift]);
        expect(Buffer.from((JSON.parse(line) as { event_base64: string }).event_base64, "base64").toString()).toBe(event);
      }
    }
  }
  expect(await given(copied(row(1, '{" ~é":1}')))).toBe(`${row(1, '{" ~é":1}')}\n`);
});
