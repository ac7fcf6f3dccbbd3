import { parse } from "csv-parse/sync";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { unlisted } from "#lib/export/bag.ts";
import { Mismatch, StorageDown } from "#lib/export/failures.ts";
import { LedgerUnbalanced } from "#lib/export/ledger.ts";
import type { Manifest } from "#lib/export/manifest.ts";
import type { PackageOrder, WritePorts } from "#lib/export/order.ts";
import { writePackage } from "#lib/export/write.ts";
import { exclusions } from "#lib/kinds/kind.ts";
import { HomeserverRefused, HomeserverUnavailable, type MediaId } from "#lib/matrix/homeserver.ts";
import { StorageFull } from "#lib/storage/storage.ts";
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
