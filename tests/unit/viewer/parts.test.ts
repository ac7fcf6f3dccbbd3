import vm from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Outline, viewerParts } from "#lib/viewer/parts.ts";
import { receiver } from "#lib/viewer/wrapped.ts";

const subject = "@anna:test.example";
type Event = Record<string, unknown> & { content: Record<string, unknown>; unsigned?: Record<string, unknown> };

/** Runs the files as the page would, in an empty world: what they do beside the one call would throw or show. */
async function read(lines: string, cuts: readonly number[] = []) {
  const bytes = Buffer.from(lines);
  const places = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b);
  async function* chunks() {
    for (let at = 1; at < places.length; at += 1) yield bytes.subarray(places[at - 1], places[at]);
  }
  const files = await Array.fromAsync(viewerParts(chunks(), { subject }));
  const outline = JSON.parse(files.at(-1)?.toString() ?? "") as Outline;
  const names: string[] = [];
  const parts = files.slice(0, -1).map((file) => {
    const got: string[] = [];
    const world = vm.createContext({ [receiver]: (name: string, texts: string[]) => { names.push(name); got.push(...texts); } });
    vm.runInContext(file.toString(), world);
    expect(Object.keys(world)).toEqual([receiver]);
    return got;
  });
  return { files: files.slice(0, -1), outline, names, texts: parts, events: parts.flat().map((text) => JSON.parse(text) as Event) };
}

const line = (event: string, head = '"event_id":"$a","room_id":"!a:x"') => `{${head},"stream_ordering":5,"received_ts":1700000000500,"outlier":false,"event":${event}}\n`;
const pdu = (content: string, more = "") => `{"auth_events":["$x"],"hashes":{"sha256":"h"},"signatures":{"x":{"ed25519:1":"s"}},"type":"m.room.message","sender":"${subject}","room_id":"!a:x","origin_server_ts":1700000000000${more},"content":${content},"unsigned":{"age_ts":1}}`;

describe("an event of the viewer", () => {
  it("has the shape of the client API, and nothing that only servers need", async () => {
    const { events } = await read(line(pdu('{"msgtype":"m.text","body":"hello"}')) + line(pdu("{}", ',"state_key":""'), '"event_id":"$b","room_id":"!a:x"'));
    expect(events[0]).toEqual({ event_id: "$a", room_id: "!a:x", type: "m.room.message", sender: subject, origin_server_ts: 1_700_000_000_000, content: { msgtype: "m.text", body: "hello" } });
    expect(events[1]).toMatchObject({ event_id: "$b", state_key: "" });
  });

  it("that was deleted says when, and by whom in one word", async () => {
    const { events, outline } = await read('{"event_id":"$a","room_id":"!a:x","type":"m.room.message","origin_server_ts":5,"redacted":true,"redacted_by":"other","redacted_at":9,"content_held":true}\n');
    expect(events[0]).toEqual({ event_id: "$a", room_id: "!a:x", type: "m.room.message", origin_server_ts: 5, sender: subject, content: {}, unsigned: { redacted: { by: "other", at: 9 } } });
    expect(outline.counts.deleted).toBe(1);
  });

  it.each([
    ["NUL and half a surrogate pair", pdu(String.raw`{"body":"a\u0000b \ud83d"}`), "a\0b \ud83d"],
    ["what breaks out of scripts", pdu(String.raw`{"body":"</script><!--\u2028\u2029 \");alert(1)//` + '`${x}"}'), "</script><!--\u2028\u2029 \");alert(1)//`${x}"],
  ])("keeps %s", async (_name, event, body) => {
    const { events, files } = await read(line(event));
    expect(events[0]?.content.body).toBe(body);
    expect(files[0]?.toString()).not.toMatch(/<|\u2028|\u2029/);
  });

  it("keeps every digit of a number that JavaScript has not", async () => {
    const { texts } = await read(line(pdu('{"n":9007199254740993,"m":-12345678901234567890,"f":0.1234567890123456789,"e":1e400}')));
    expect(texts[0]?.[0]).toContain('{"n":9007199254740993,"m":-12345678901234567890,"f":0.1234567890123456789,"e":1e400}');
  });

  it("keeps keys that mean something in JavaScript as data", async () => {
    const { events } = await read(line(pdu('{"__proto__":{"body":"x"},"constructor":1,"body":"own"}')));
    expect(Object.hasOwn(events[0]?.content ?? {}, "__proto__")).toBe(true);
    expect(events[0]?.content.body).toBe("own");
  });

  it("that travelled in base 64 is read, its control characters as spaces", async () => {
    const base64 = Buffer.from(pdu('{"body":"a\u0001b"}')).toString("base64");
    expect((await read(`{"event_id":"$a","room_id":"!a:x","event_base64":"${base64}"}\n`)).events[0]?.content.body).toBe("a b");
  });

  it.each([
    ["withheld", '{"event_id":"$a","room_id":"!a:x","stream_ordering":5,"received_ts":7,"withheld":"unreadable"}\n'],
    ["no JSON", line('{"content":{bro')],
    ["null", line("null")],
    ["base 64 of nothing", '{"event_id":"$a","room_id":"!a:x","event_base64":"AAAA"}\n'],
  ])("that is %s is shown as unreadable, in its room", async (_name, text) => {
    const { events } = await read(text + line(pdu('{"body":"next"}'), '"event_id":"$n","room_id":"!a:x"'));
    expect(events[0]).toMatchObject({ event_id: "$a", room_id: "!a:x", sender: subject, content: {}, unsigned: { unreadable: true } });
    expect(events[1]?.content.body).toBe("next");
  });

  it.each([
    ["no JSON", '{"event_id":"$a","room_id":"!a:x","stream_ordering":5,"type":"m.odd \\"x\\"","origin_server_ts":6,"received_ts":7,"outlier":false,"event":{bro}\n'],
    ["withheld", '{"event_id":"$a","room_id":"!a:x","stream_ordering":5,"type":"m.odd \\"x\\"","origin_server_ts":6,"received_ts":7,"withheld":"unreadable"}\n'],
  ])("that is %s still says what it was and when it was sent", async (_name, text) => {
    expect((await read(text)).events[0]).toMatchObject({ type: 'm.odd "x"', origin_server_ts: 6, unsigned: { unreadable: true } });
  });

  it("survives content of any shape, wherever the stream is cut", async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.json(), { maxLength: 5 }), fc.array(fc.nat({ max: 3000 }), { maxLength: 8 }), async (contents, cuts) => {
      const { events } = await read(contents.map((content) => line(pdu(content))).join(""), cuts);
      expect(events.map(({ content }) => JSON.stringify(content))).toEqual(contents.map((content) => JSON.stringify((JSON.parse(content) as unknown) ?? {})));
    }), { numRuns: 60 });
  });
});

describe("the outline", () => {
  const many = (room: string, count: number, body = "x") => Array.from({ length: count }, (_, n) => line(pdu(`{"body":"${body}"}`).replace("1700000000000", String(1_700_000_000_000 + n)), `"event_id":"$${n}","room_id":"${room}"`)).join("");

  it("says where each room begins, how long it is, and from when to when", async () => {
    const { outline, names, texts } = await read(many("!a:x", 1500) + many("!b:x", 2600) + many("!c:x", 1));
    expect(names).toEqual(["messages-0001", "messages-0002", "messages-0003"]);
    expect(outline.parts).toEqual([2000, 2000, 101]);
    expect(outline.rooms).toEqual([
      { id: "!a:x", events: 1500, part: 1, at: 0, first: 1_700_000_000_000, last: 1_700_000_001_499 },
      { id: "!b:x", events: 2600, part: 1, at: 1500, first: 1_700_000_000_000, last: 1_700_000_002_599 },
      { id: "!c:x", events: 1, part: 3, at: 100, first: 1_700_000_000_000, last: 1_700_000_000_000 },
    ]);
    for (const room of outline.rooms) expect(texts[room.part - 1]?.[room.at]).toContain(`"room_id":"${room.id}"`);
    expect(outline.counts).toEqual({ message: 4101, encrypted: 0, reaction: 0, change: 0, deleted: 0, other: 0 });
  });

  it("begins a new part at a megabyte too, and is empty for nobody", async () => {
    const { outline } = await read(many("!a:x", 50, "y".repeat(60_000)));
    expect(outline.parts).toEqual([18, 18, 14]);
    expect((await read("")).outline).toMatchObject({ parts: [], rooms: [] });
  });

  it("takes a moment no calendar has for none", async () => {
    const { outline } = await read(["1e300", "-5", '"soon"', "null"].map((at) => line(pdu("{}").replace("1700000000000", at))).join(""));
    expect(outline.rooms[0]).toMatchObject({ events: 4, first: null, last: null });
  });
});
