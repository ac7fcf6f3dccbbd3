import { parse } from "csv-parse/sync";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { unlisted } from "#lib/export/bag.ts";
import { Mismatch, StorageDown } from "#lib/export/failures.ts";
import { LedgerUnbalanced } from "#lib/export/ledger.ts";
import type { Manifest } from "#lib/export/manifest.ts";
import type { PackageOrder, WritePorts } from "#lib/export/order.ts";
import { writePackage } from "#lib/export/write.ts";
import { exclusions, type Kind } from "#lib/kinds/kind.ts";
import { HomeserverRefused, HomeserverUnavailable, type MediaId } from "#lib/matrix/homeserver.ts";
import { type Spool, StorageFull } from "#lib/storage/storage.ts";
import { fakeKind, ledgerRow, testObserver, testOrder, testPorts } from "#tests/fixtures/package.ts";
import { openPackage } from "#tests/fixtures/open-package.ts";

const collect = async (zip: AsyncIterable<Uint8Array>) => Buffer.concat(await Array.fromAsync(zip));
const media = (id: string, contentType: string | null = null) => ({ mediaId: id as MediaId, contentType, bytes: null });

async function write(order: Partial<PackageOrder>, ports: Partial<WritePorts> = {}, observer = testObserver()) {
  const written = await writePackage(testPorts(ports), testOrder(order), observer, collect);
  return { ...written, ...(await openPackage(written.sunk)), observer };
}

const messages = fakeKind("messages", {
  rows: [{ body: "=1+1" }, { body: 'a "quoted", line\nbreak' }, { body: "名前 \u0000" }],
  ledger: [
    ledgerRow("messages", "!a:test.example", { included: 2, tombstones: 1, excluded: { BACKFILLED: 4 } }),
    ledgerRow("messages", "!b:test.example", { included: 1, excluded: { REJECTED: 1, SOFT_FAILED: 2 } }),
  ],
});

describe("package", () => {
  it("holds every file, and the manifest's every word about them is true", async () => {
    const { files, manifest, summary } = await write({ kinds: [fakeKind("account", { rows: [{ name: "anna" }] }), messages] });
    expect([...files.keys()]).toEqual([
      "data/account.ndjson", "data/account.csv", "data/messages.ndjson", "data/messages.csv",
      "data/scope-ledger.csv", "summary.pdf", "datapackage.json", "README.txt", "index.html", "bagit.txt", "bag-info.txt",
      "manifest.json", "signature.json", "manifest-sha256.txt", "tagmanifest-sha256.txt",
    ]);
    const stored = JSON.parse(files.get("manifest.json")?.content.toString() ?? "") as Manifest;
    expect(stored).toEqual(JSON.parse(JSON.stringify(manifest)));
    expect(stored.files.map((file) => file.path)).toEqual([...files.keys()].slice(0, -unlisted.length));
    for (const { path, sha256, bytes, records } of stored.files) {
      const file = files.get(path);
      expect({ path, sha256, bytes }).toEqual({ path, sha256: file?.sha256, bytes: file?.content.length });
      if (path.endsWith(".ndjson")) expect(file?.content.toString().split("\n").slice(0, -1).map((line) => JSON.parse(line) as unknown)).toHaveLength(records ?? -1);
      if (path.endsWith(".csv")) expect(parse(file?.content ?? "", { columns: true })).toHaveLength(records ?? -1);
    }
    expect(summary).toEqual({
      format: 2, takenAt: "2026-11-21T09:00:00.000Z", files: files.size, media: { files: 0, bytes: 0, missing: 0 }, kinds: manifest.kinds, totals: manifest.totals,
    });
  });

  it("passes stored lines through byte for byte", async () => {
    const odd = '{"a":9007199254740993,"b":"\\u0000\\ud800","a":1e400,"c":-0}\n';
    const kind = { ...fakeKind("messages", { rows: [{ x: 1 }] }), async *ndjson() { yield Buffer.from(odd.slice(0, 7)); yield Buffer.from(odd.slice(7)); } };
    expect((await write({ kinds: [kind] })).files.get("data/messages.ndjson")?.content.toString()).toBe(odd);
  });

  it("keeps a ledger that balances, line by line", async () => {
    const { files, manifest } = await write({ kinds: [messages] });
    const lines = parse(files.get("data/scope-ledger.csv")?.content ?? "", { columns: true }) as Record<string, string>[];
    expect(lines.map(({ kind, room }) => [kind, room])).toEqual([["messages", "!a:test.example"], ["messages", "!b:test.example"]]);
    for (const line of lines) expect(Number(line.candidates)).toBe(Number(line.included) + exclusions.reduce((sum, code) => sum + Number(line[code]), 0));
    expect(manifest.totals).toEqual({ candidates: 10, included: 3, tombstones: 1, excluded: { BACKFILLED: 4, REJECTED: 1, SOFT_FAILED: 2, OUT_OF_RANGE: 0 } });
    expect(manifest.missing.filter((gap) => gap.count !== undefined).map(({ code, count }) => [code, count]))
      .toEqual([["BACKFILLED", 4], ["REJECTED", 1], ["SOFT_FAILED", 2], ["REDACTED", 1]]);
  });

  it("leaves out kinds that were not asked for, and says so", async () => {
    const { files, manifest } = await write({ kinds: [fakeKind("account"), messages], scope: { kinds: ["account"], from: "2026-01-01", to: null, mediaFiles: false } });
    expect(files.has("data/messages.ndjson")).toBe(false);
    expect(manifest.scope).toEqual({ kinds: ["account"], from: "2026-01-01", to: null, mediaFiles: false });
    expect(manifest.missing.filter((gap) => gap.code === "NOT_ASKED").map((gap) => gap.kind)).toContain("messages");
  });

  it("is whole for somebody of whom nothing is held", async () => {
    const { files, manifest } = await write({ kinds: [fakeKind("account"), fakeKind("messages")] });
    expect(manifest.totals.included).toBe(0);
    expect(files.get("data/messages.ndjson")?.content.length).toBe(0);
    expect(files.get("data/messages.csv")?.content.toString()).toBe("nothing\r\n");
  });

  it("tells how far it is, and never more than there is", async () => {
    const { observer } = await write({ kinds: [fakeKind("account", { rows: [{ a: 1 }] }), messages] });
    expect(observer.steps).toEqual([
      "counted", "lines:account", "table:account", "lines:messages", "table:messages", "media", "summary", "written",
    ]);
    expect(observer.seen.at(-1)).toEqual({ kind: "messages", done: 4, total: 4 });
    for (const [at, { done, total }] of observer.seen.entries()) {
      expect(done).toBeLessThanOrEqual(total);
      expect(done).toBeGreaterThanOrEqual(observer.seen[at - 1]?.done ?? 0);
    }
  });
});

describe("media", () => {
  const present = new Map([["one", Buffer.from("first")], ["two", Buffer.from("<script>alert(1)</script>")]]);
  const openMedia: WritePorts["homeserver"]["openMedia"] = async (id) => {
    const content = present.get(id);
    return content ? { content: Readable.from([content]), bytes: content.length } : null;
  };
  const homeserver = { ...testPorts().homeserver, openMedia };
  const attachments = [media("one", "image/png"), media("lost", "image/png"), media("two", "text/html")];
  const kind = fakeKind("media", { rows: [{ id: "one", name: "../../evil.png" }, { id: "lost", name: "x" }, { id: "two", name: "page.html" }], attachments });

  it("lies under numbers, uncompressed, and what is missing is named", async () => {
    const { files, manifest } = await write({ kinds: [kind] }, { homeserver });
    expect([...files.keys()].filter((path) => path.startsWith("data/media/"))).toEqual(["data/media/000001.png", "data/media/000002.bin"]);
    expect(files.get("data/media/000001.png")).toMatchObject({ content: Buffer.from("first"), stored: true });
    expect(parse(files.get("data/media-files.csv")?.content ?? "", { columns: true })).toMatchObject([
      { media_id: "one", file: "data/media/000001.png", status: "included" },
      { media_id: "two", file: "data/media/000002.bin", status: "included" },
      { media_id: "lost", file: "", status: "missing" },
    ]);
    expect(manifest.media).toEqual({ files: 2, bytes: 30, missing: 1 });
    expect(manifest.missing.find((gap) => gap.code === "MEDIA_MISSING")).toMatchObject({ count: 1, mediaIds: ["lost"] });
  });

  it("stays on the homeserver when the list was enough", async () => {
    const { files, manifest } = await write({ kinds: [kind], scope: { kinds: ["media"], from: null, to: null, mediaFiles: false } }, { homeserver });
    expect([...files.keys()].some((path) => path.startsWith("data/media/"))).toBe(false);
    expect(manifest.missing.map((gap) => gap.code)).toContain("MEDIA_NOT_ASKED");
  });

  it("that the homeserver refuses one by one is missing; a refused token is not", async () => {
    const refusing = (status: number) => ({ ...homeserver, openMedia: async () => { throw new HomeserverRefused(status, "M_X"); } });
    expect((await write({ kinds: [kind] }, { homeserver: refusing(400) })).manifest.media.missing).toBe(3);
    for (const status of [401, 403]) await expect(write({ kinds: [kind] }, { homeserver: refusing(status) })).rejects.toBeInstanceOf(HomeserverRefused);
  });

  it.each([
    ["ends early", (async function* () { yield Buffer.from("ha"); })()],
    ["breaks", (async function* () { yield Buffer.from("ha"); throw new Error("reset"); })()],
  ])("that %s fails the build", async (_name, content) => {
    const breaking = { ...homeserver, openMedia: async () => ({ content: Readable.from(content), bytes: 4 }) };
    await expect(write({ kinds: [kind] }, { homeserver: breaking })).rejects.toBeInstanceOf(HomeserverUnavailable);
  });
});

describe("no package comes out", () => {
  const failing = async (order: Partial<PackageOrder>, ports: Partial<WritePorts> = {}, observer = testObserver()) => {
    let ended = false;
    const error: unknown = await writePackage(testPorts(ports), testOrder(order), observer, async (zip) => {
      for await (const chunk of zip) if (chunk.length < 0) break;
      ended = true;
    }).catch((caught: unknown) => caught);
    expect(ended).toBe(false);
    return error;
  };

  it("when a source breaks in the middle", async () => {
    const broken = fakeKind("messages", { rows: Array.from({ length: 5000 }, (_, at) => ({ at })), before: (row) => { if (row === 4000) throw new Error("connection lost"); } });
    expect(await failing({ kinds: [broken] })).toMatchObject({ message: "connection lost" });
  });

  it("when fewer or more lines come than were counted", async () => {
    for (const included of [2, 4]) {
      const off = { ...messages, tally: async () => [ledgerRow("messages", "!a:test.example", { included })] };
      expect(await failing({ kinds: [off] })).toBeInstanceOf(Mismatch);
    }
  });

  it("when a line is lost that the table has", async () => {
    const lost = fakeKind("account", { rows: [{ a: 1 }], table: [{ a: 1 }, { a: 2 }], ledger: [ledgerRow("account", "!a:test.example", { included: 2 })] });
    expect(await failing({ kinds: [lost] })).toBeInstanceOf(Mismatch);
  });

  it("when the table is not as long as the lines", async () => {
    expect(await failing({ kinds: [fakeKind("account", { rows: [{ a: 1 }, { a: 2 }], table: [{ a: 1 }] })] })).toBeInstanceOf(Mismatch);
  });

  it("when the ledger does not balance", async () => {
    const off = fakeKind("messages", { ledger: [ledgerRow("messages", "!a:test.example", { candidates: 5 })] });
    expect(await failing({ kinds: [off] })).toBeInstanceOf(LedgerUnbalanced);
  });

  it("when the summary cannot be rendered", async () => {
    expect(await failing({ kinds: [messages] }, { renderPdf: () => Promise.reject(new Error("no font")) })).toMatchObject({ message: "no font" });
  });

  it("when it is told to stop, even while a source is silent", async () => {
    const observer = testObserver();
    const silent = fakeKind("messages", { rows: [{ a: 1 }], before: () => { setTimeout(() => observer.stop(new Error("not wanted")), 10); return new Promise(() => undefined); } });
    expect(await failing({ kinds: [silent] }, {}, observer)).toMatchObject({ message: "not wanted" });
  });

  it.each([[new StorageFull(), StorageFull], [new Error("EIO"), StorageDown]] as const)("when the place for it fails (%s)", async (thrown, expected) => {
    const plenty = fakeKind("messages", { rows: Array.from({ length: 50_000 }, () => ({ text: crypto.randomUUID() })) });
    const error: unknown = await writePackage(testPorts(), testOrder({ kinds: [plenty] }), testObserver(), async (zip) => {
      for await (const chunk of zip) if (chunk.length > 0) throw thrown;
    }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(expected);
  });
});

describe("events, whose table is made of the lines while they are written", () => {
  const line = (at: number) => `{"event_id":"$${at}","room_id":"!${at % 2}:test.example","stream_ordering":${at},"type":"m.room.message","origin_server_ts":${1_700_000_000_000 + at},"event":{"content":{"body":"said ${at} = ${"and on ".repeat(20)}"}}}\n`;
  const eventKind = (count: number, { included = count, before = () => undefined }: { included?: number; before?: (at: number) => void | Promise<void> } = {}): Kind => ({
    ...fakeKind("messages", { ledger: [ledgerRow("messages", "!0:test.example", { included }), ledgerRow("messages", "!1:test.example", { excluded: { BACKFILLED: 1 } })] }),
    async *ndjson() {
      for (let at = 0; at < count; at += 1) {
        await before(at);
        yield Buffer.from(line(at));
      }
    },
    csv: {
      columns: ["room_id", "room_name", "room_type", "sent_at", "type", "msgtype", "body", "relation", "relates_to", "redacted", "event_id"].map((name) => ({ name, type: "string" as const })),
      rooms: async (_source, ids) => ids.map((room_id) => ({ room_id, name: `Room ${room_id}`, room_type: null })),
    },
  });
  const children = () => process.getActiveResourcesInfo().filter((resource) => resource === "ProcessWrap").length;
  /** The real one, and how many of its files are open. */
  let open = 0;
  const spool: Spool = async (plain) => {
    const spooled = await testPorts().spool(plain);
    open += 1;
    return { ...spooled, close: async () => { open -= 1; await spooled.close(); } };
  };
  const failure = async (kind: Kind, ports: Partial<WritePorts> = {}, sink: (zip: AsyncIterable<Uint8Array>) => Promise<unknown> = collect, observer = testObserver()) => {
    const error: unknown = await writePackage(testPorts({ spool, ...ports }), testOrder({ kinds: [kind] }), observer, sink).then(() => null, (caught: unknown) => caught);
    await expect.poll(children).toBe(0);
    expect(open).toBe(0);
    return error;
  };
  const plenty = 40_000;

  it("lie in it as lines and as rows, one for one, in the same order", async () => {
    const { files, manifest, observer } = await write({ kinds: [eventKind(3000)] }, { spool });
    const lines = files.get("data/messages.ndjson")?.content.toString();
    expect(lines).toBe(Array.from({ length: 3000 }, (_, at) => line(at)).join(""));
    const rows = parse(files.get("data/messages.csv")?.content ?? "", { columns: true }) as Record<string, string>[];
    expect(rows.map((row) => row.event_id)).toEqual(Array.from({ length: 3000 }, (_, at) => `$${at}`));
    // Named are the rooms that something is given of.
    expect(rows[2]).toMatchObject({ room_name: "Room !0:test.example", sent_at: "2023-11-14T22:13:20.002Z", body: expect.stringContaining("said 2 = and on") as string });
    expect(rows[1]?.room_name).toBe("");
    expect(manifest.files.filter(({ kind }) => kind === "messages").map(({ path, records }) => [path, records])).toEqual([["data/messages.ndjson", 3000], ["data/messages.csv", 3000]]);
    expect(observer.steps).toEqual(["counted", "lines:messages", "table:messages", "media", "summary", "written"]);
    expect(observer.seen.at(-1)).toEqual({ kind: "messages", done: 3000, total: 3000 });
    expect([children(), open]).toEqual([0, 0]);
  });

  it("of nobody are two empty files", async () => {
    const { files } = await write({ kinds: [eventKind(0)] });
    expect([files.get("data/messages.ndjson")?.content.toString(), files.get("data/messages.csv")?.content.toString().split("\r\n").length]).toEqual(["", 2]);
  });

  it("that are not what was counted come out in no package", async () => {
    for (const included of [9, 11]) expect(await failure(eventKind(10, { included }))).toBeInstanceOf(Mismatch);
  });

  it("whose source breaks say so", async () => {
    const error = new Error("connection lost");
    expect(await failure(eventKind(plenty, { before: (at) => { if (at === 30_000) throw error; } }))).toBe(error);
  });

  it("that the table cannot be made of stop at once, and say why", async () => {
    let asked = 0;
    const kind = eventKind(plenty, { before: async (at) => { asked = at; await new Promise(setImmediate); } });
    const broken: Kind = { ...kind, async *ndjson(source) { yield Buffer.from("no line of ours\n".repeat(50_000)); yield* kind.ndjson(source); } };
    expect(await failure(broken)).toMatchObject({ name: "SyntaxError" });
    expect(asked).toBeLessThan(plenty - 1);
  });

  it.each([
    ["from the first", async () => { throw new StorageFull(); }],
    ["in the middle", async (plain: AsyncIterable<Uint8Array>) => { let bytes = 0; for await (const chunk of plain) if ((bytes += chunk.length) > 10_000) throw new StorageFull(); throw new Error("nothing came"); }],
  ] satisfies [string, Spool][])("for which there is no room beside, %s, say so", async (_when, spool) => {
    expect(await failure(eventKind(plenty), { spool })).toBeInstanceOf(StorageFull);
  });

  it.each([
    ["while lines come", eventKind(plenty), 100],
    ["while the table is put in", eventKind(plenty), 1_000_000],
  ])("stop when the place for the package fails, %s", async (_when, kind, after) => {
    let bytes = 0;
    const step = testObserver();
    const full = async (zip: AsyncIterable<Uint8Array>) => { for await (const chunk of zip) if ((bytes += chunk.length) > after || (after > 100 && step.steps.includes("table:messages"))) throw new StorageFull(); };
    expect(await failure(kind, {}, full, step)).toBeInstanceOf(StorageFull);
    expect(step.steps.includes("table:messages")).toBe(after > 100);
  });

  it("stop when the place for the package fails while the source is silent", async () => {
    const silent = Promise.withResolvers<null>();
    const kind = eventKind(5000, { before: (at) => (at < 4000 ? undefined : (silent.resolve(null), new Promise(() => undefined))) });
    expect(await failure(kind, {}, async (zip) => { void collect(zip).catch(() => undefined); await silent.promise; throw new StorageFull(); })).toBeInstanceOf(StorageFull);
  });

  it("stop when they are told to, even while the source is silent", async () => {
    const observer = testObserver();
    const silent = eventKind(5, { before: () => { setTimeout(() => observer.stop(new Error("not wanted")), 10); return new Promise(() => undefined); } });
    expect(await failure(silent, {}, collect, observer)).toMatchObject({ message: "not wanted" });
  });
});
