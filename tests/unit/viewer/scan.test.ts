import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Catalogue } from "#lib/viewer/catalogue.ts";
import { lastAtMost, openCopy, refOf } from "#lib/viewer/page/copy.ts";
import { heights } from "#lib/viewer/page/heights.ts";
import { type Lens, wholeRoom } from "#lib/viewer/page/lens.ts";
import type { Parts } from "#lib/viewer/page/parts-on-disk.ts";
import { type Found, scan } from "#lib/viewer/page/scan.ts";

const message = (id: string, body: string, at = 5) => ({ event_id: id, room_id: "!a:x", type: "m.room.message", sender: "@a:x", origin_server_ts: at, content: { msgtype: "m.text", body } });
const edit = (id: string, of: string, body: string) => ({ ...message(id, "*"), content: { msgtype: "m.text", body: "*", "m.new_content": { body }, "m.relates_to": { rel_type: "m.replace", event_id: of } } });
const image = { ...message("$image", "photo.png", 50), content: { msgtype: "m.image", body: "photo.png", url: "mxc://x/y" } };
const reaction = { ...message("$react", ""), type: "m.reaction", content: { "m.relates_to": { rel_type: "m.annotation", event_id: "$1", key: "👍" } } };
/** Two rooms in three parts: the first one ends where the second begins, in the middle of part 2. */
const parts = [
  [message("$1", "One"), message("$2", "two")],
  [edit("$e1", "$1", "needle"), image, message("$3", "NEEDLE in the other room")],
  [reaction, edit("$e9", "$unknown", "lost"), edit("$e2", "$1", "newest")],
];
const catalogue: Catalogue = {
  format: 1, subject: "@a:x", parts: parts.map(({ length }) => length), media: {}, counts: { message: 0, encrypted: 0, reaction: 0, change: 0, deleted: 0, other: 0 },
  rooms: [
    { id: "!a:x", events: 4, part: 1, at: 0, first: null, last: null, name: null, type: null },
    { id: "!b:x", events: 4, part: 2, at: 2, first: null, last: null, name: null, type: null },
  ],
};
const disk: Parts = {
  held: (name) => parts[Number(name.slice(-4)) - 1]?.map((event) => JSON.stringify(event)) ?? null,
  load: async (name) => disk.held(name) ?? [],
};

async function look(lens: Partial<Lens>, stop = new AbortController()): Promise<Found & { ids: string[]; steps: number[] }> {
  const copy = openCopy(catalogue, disk);
  const found: Found = { refs: [], known: new Map(), edits: new Map() };
  const steps: number[] = [];
  await scan(copy, { ...wholeRoom(null), ...lens }, found, stop.signal, ({ done }) => steps.push(done));
  return { ...found, ids: found.refs.map((ref) => copy.event(ref)?.id ?? "?"), steps };
}

describe("looking through the copy", () => {
  it("reads a room from its first to its last event, whatever parts they lie in, and lays edits upon what they edit", async () => {
    const first = await look({ room: 0 });
    expect(first.ids).toEqual(["$1", "$2", "$image"]);
    expect(first.edits.get("$1")).toEqual([refOf(2, 0)]);
    expect(first.steps.at(-1)).toBe(4);
    expect((await look({ room: 1 })).ids).toEqual(["$3", "$react", "$e9", "$e2"]);
  });

  it("finds words in any version, whatever their capitals, in the order of the copy", async () => {
    expect((await look({ query: "Needle" })).ids).toEqual(["$1", "$3"]);
    expect((await look({ query: "newest" })).ids).toEqual(["$1"]);
    expect((await look({ query: "👍" })).ids).toEqual(["$react"]);
    expect((await look({ query: "nothing like it" })).ids).toEqual([]);
  });

  it("keeps what the filters ask for", async () => {
    expect((await look({ media: true })).ids).toEqual(["$image"]);
    expect((await look({ category: "reaction" })).ids).toEqual(["$react"]);
    expect((await look({ from: 6 })).ids).toEqual(["$image"]);
    expect((await look({ to: 50, room: 0 })).ids).toEqual(["$1", "$2"]);
  });

  it("stops when it is told to", async () => {
    const stop = new AbortController();
    stop.abort();
    expect((await look({}, stop)).ids).toEqual([]);
  });

  it("knows which room a place lies in", () => {
    const copy = openCopy(catalogue, disk);
    expect([refOf(1, 0), refOf(2, 1), refOf(2, 2), refOf(3, 2)].map((ref) => copy.roomAt(ref))).toEqual([0, 0, 1, 1]);
    expect([lastAtMost([], 1), lastAtMost([2], 1), lastAtMost([1, 3], 2)]).toEqual([-1, -1, 0]);
  });
});

describe("heights of rows", () => {
  it("agree with a plain sum, however rows come, go and change", () => {
    const change = fc.record({ resize: fc.option(fc.nat({ max: 3000 })), at: fc.nat({ max: 3000 }), height: fc.integer({ min: 1, max: 500 }) });
    fc.assert(fc.property(fc.array(change, { maxLength: 30 }), fc.nat({ max: 200_000 }), (changes, y) => {
      const sizes = heights(64);
      let plain: number[] = [];
      for (const { resize, at, height } of changes) {
        if (resize !== null) {
          sizes.resize(resize);
          plain = Array.from({ length: resize }, (_, row) => plain[row] ?? 64);
        }
        if (at >= plain.length) continue;
        sizes.set(at, height);
        plain[at] = height;
      }
      let total = 0;
      const tops = plain.map((height) => (total += height) - height);
      expect(sizes.total).toBeCloseTo(total);
      for (const row of [0, Math.floor(plain.length / 2), plain.length - 1]) if (row >= 0 && row < plain.length) expect(sizes.offset(row)).toBeCloseTo(tops[row] ?? 0);
      if (plain.length > 0) expect(sizes.rowAt(y)).toBe(Math.max(0, lastAtMost(tops, y)));
    }), { numRuns: 60 });
  });
});
