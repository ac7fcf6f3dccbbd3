import { describe, expect, it } from "vitest";
import type { Asked } from "#lib/leak-gate/inspect.ts";
import { type Change, csv, eventLine, type Files, type GateManifest, gateSubject, goodFiles, judged, membershipLine, ndjson, packed, stranger, top } from "#tests/fixtures/gate-package.ts";

const path = "data/messages.ndjson";
const add = (name: string, text: string) => ({ files: (files: Files) => void (files[name] = `${files[name] ?? ""}${text}`) });
const set = (name: string, content: string) => ({ files: (files: Files) => void (files[name] = content) });
/** The second line of the messages is another. */
const second = (line: object | string) => ({ files: (files: Files) => void (files[path] = files[path]?.toString().split("\n").with(1, ndjson(line).trimEnd()).join("\n") ?? "") });
const ledger = (edit: (text: string) => string) => ({ files: (files: Files) => void (files["data/scope-ledger.csv"] = edit(String(files["data/scope-ledger.csv"]))) });
const manifest = (edit: (manifest: GateManifest) => void): Change => ({ manifest: edit });
const rename = (from: string, to: string): Change => ({
  zip(zip) {
    for (let at = zip.indexOf(from); at >= 0; at = zip.indexOf(from, at + 1)) zip.write(to, at, "latin1");
  },
});
/** `event` is text, so that keys may stand twice. */
const raw = (event: string, envelope = '"stream_ordering":2') => `{"event_id":"$event2","room_id":"!a:test.example",${envelope},"event":${event}}`;
const mine = JSON.stringify(gateSubject);

async function blockedBy(change: Change, asked: Partial<Asked> = {}): Promise<string[]> {
  const verdict = await judged(await packed(change), asked);
  expect(verdict.passed).toBe(false);
  return verdict.findings.map((finding) => `${finding.code} ${finding.path}${finding.line === undefined ? "" : `:${finding.line}`}`);
}

describe("a record of somebody else", () => {
  it.each<[string, object | string, string]>([
    ["another sender", eventLine(2, { event: { sender: stranger } }), "sender_foreign"],
    ["a sender that differs by one letter's case", eventLine(2, { event: { sender: gateSubject.toUpperCase() } }), "sender_foreign"],
    ["another sender in a column", eventLine(2, { sender: stranger }), "sender_foreign"],
    ["the subject first and another second", raw(`{"sender":${mine},"content":{},"sender":"${stranger}"}`), "sender_foreign"],
    ["another first and the subject second", raw(`{"sender":"${stranger}","content":{},"sender":${mine}}`), "sender_foreign"],
    ["a sender behind an escape", raw(`{"sender":${mine},"content":{},"s\\u0065nder":"${stranger}"}`), "sender_foreign"],
    ["somebody's event within `unsigned`", eventLine(2, { event: { unsigned: { invite_room_state: [{ type: "m.room.name", sender: stranger }] } } }), "sender_foreign"],
    ["a sender before in `unsigned`", eventLine(2, { event: { unsigned: { prev_sender: stranger } } }), "sender_foreign"],
    ["a sender that is no text", eventLine(2, { event: { sender: [gateSubject] } }), "sender_foreign"],
    ["no sender", raw('{"content":{}}'), "sender_missing"],
    ["a tombstone that says nothing of its sender", { event_id: "$event2", room_id: "!a:test.example", stream_ordering: 2, redacted: true }, "sender_missing"],
    ["another sender in base 64", raw("1").replace('"event":1', `"event_base64":"${Buffer.from(`{"sender":"${stranger}","content":{"body":"\u0001"}}`).toString("base64")}"`), "sender_foreign"],
    ["a second event in the line", `${raw(`{"sender":${mine}}`).slice(0, -1)},"event":{"sender":"${stranger}"}}`, "record_unreadable"],
    ["a column that names another user", eventLine(2, { user_id: stranger }), "user_foreign"],
  ])("%s", async (_name, line, code) => {
    expect(await blockedBy(second(line))).toContain(`${code} ${path}:2`);
  });

  it("a membership by somebody else must be about the subject", async () => {
    const line = (given: object) => add("data/rooms.ndjson", ndjson({ ...membershipLine, ...given }));
    expect(await blockedBy(line({ state_key: stranger }))).toContain("not_about_subject data/rooms.ndjson:3");
    expect(await blockedBy(line({ state_key: undefined }))).toContain("not_about_subject data/rooms.ndjson:3");
    expect(await blockedBy(line({ record: "other", sender: stranger }))).toContain("sender_foreign data/rooms.ndjson:3");
  });

  it.each(["user_id", "user_name", "full_user_id", "creator", "target_user_id"])("a row whose %s is another", async (column) => {
    expect(await blockedBy(add("data/devices.ndjson", ndjson({ record: "device", [column]: stranger })))).toContain("user_foreign data/devices.ndjson:2");
    expect(await blockedBy(set("data/devices.csv", csv(["record", column], ["device", stranger])))).toContain("user_foreign data/devices.csv:2");
  });

  it("an account of another name", async () => {
    expect(await blockedBy(set("data/account.ndjson", ndjson({ record: "account", name: stranger })))).toContain("user_foreign data/account.ndjson:1");
  });

  it.each([["account_data", "ignored", "ignored_user_id"], ["encryption_keys", "signature", "target_user_id"], ["reports", "person", "target_user_id"]])(
    "but for %s, whose %s names by %s whom the subject chose", async (kind, record, column) => {
      const row = ndjson({ record, [column]: stranger });
      const { findings } = await judged(await packed(set(`data/${kind}.ndjson`, row)));
      expect(findings.filter(({ code }) => code === "user_foreign")).toEqual([]);
      expect(await blockedBy(set("data/devices.ndjson", row))).toContain("user_foreign data/devices.ndjson:1");
    });

  it("a record in the viewer that nobody's record explains", async () => {
    const name = "viewer/chunk-1.js";
    expect(await blockedBy(add(name, JSON.stringify({ sender: "@eve:test.example" })))).toEqual([`sender_foreign ${name}`]);
    expect(await blockedBy(add(name, JSON.stringify(JSON.stringify({ sender: "@eve:test.example" }))))).toEqual([`sender_foreign ${name}`]);
    expect((await judged(await packed(add(name, JSON.stringify({ sender: stranger }))))).passed).toBe(true);
  });
});

describe("an event fetched as history", () => {
  it.each([
    ["negative", eventLine(2, { stream_ordering: -2 }), "ordering_negative"],
    ["negative zero", raw(`{"sender":${mine}}`, '"stream_ordering":-0'), "ordering_negative"],
    ["negative by the second of two", raw(`{"sender":${mine}}`, '"stream_ordering":2,"stream_ordering":-2'), "ordering_negative"],
    ["missing", eventLine(2, { stream_ordering: undefined }), "ordering_missing"],
    ["no number", eventLine(2, { stream_ordering: "2" }), "ordering_missing"],
    ["null", eventLine(2, { stream_ordering: null }), "ordering_missing"],
  ] as const)("its ordering is %s", async (_name, line, code) => {
    expect(await blockedBy(second(line))).toEqual([`${code} ${path}:2`]);
  });

  it("a membership's too", async () => {
    const file = "data/rooms.ndjson";
    expect(await blockedBy(add(file, ndjson({ ...membershipLine, stream_ordering: -1 })))).toContain(`ordering_negative ${file}:3`);
    expect(await blockedBy(add(file, ndjson({ ...membershipLine, stream_ordering: undefined })))).toContain(`ordering_missing ${file}:3`);
  });

  const folder = "data/backfilled-own/messages";
  const backfilled = (event: object, at: string): Change => ({
    files(files) {
      files[`${at}.ndjson`] = ndjson(eventLine(1, { event_id: "$old", stream_ordering: -1, event }));
      files[`${at}.csv`] = csv(["room_id", "event_id"], ["!a:test.example", "$old"]);
      files["data/scope-ledger.csv"] += csv(["backfilled_own", "!a:test.example", 1, 1, 0, 0, 0]);
    },
    manifest(manifest) {
      manifest.kinds.push({ kind: "backfilled_own", candidates: 1, included: 1, tombstones: 0, excluded: {} });
      manifest.totals.candidates += 1;
      manifest.totals.included += 1;
      manifest.approvals = [{ kind: "backfilled_own" }];
    },
  });

  it("the subject's own leaves in its own folder, where manifest and request's row both say that it was granted", async () => {
    const zip = await packed(backfilled({}, folder));
    expect(await judged(zip, { granted: ["backfilled_own"] })).toMatchObject({ passed: true, records: 8 });
    expect((await judged(zip)).findings).toContainEqual({ code: "ordering_negative", path: `${folder}.ndjson`, line: 1 });
    expect((await judged(zip)).findings).toContainEqual({ code: "not_approved", path: `${folder}.ndjson` });
    const unsaid: Change = { ...backfilled({}, folder), manifest: (manifest) => { backfilled({}, folder).manifest?.(manifest); manifest.approvals = []; } };
    expect(await blockedBy(unsaid, { granted: ["backfilled_own"] })).toContain(`not_approved ${folder}.ndjson`);
    expect(await blockedBy(backfilled({ sender: stranger }, folder), { granted: ["backfilled_own"] })).toEqual([`sender_foreign ${folder}.ndjson:1`]);
    expect(await blockedBy(backfilled({}, "data/messages"), { granted: ["backfilled_own"] })).toContain("ordering_negative data/messages.ndjson:1");
  });
});

describe("a file", () => {
  it.each<[string, Change, readonly string[]]>([
    ["not in the manifest", { late: (files) => void (files["viewer/extra.js"] = "1") }, ["file_unlisted viewer/extra.js", "bag_differs viewer/extra.js"]],
    ["listed and not there", manifest(({ files }) => void files.push({ path: "viewer/gone.js", bytes: 1, sha256: "0".repeat(64) })), ["file_missing viewer/gone.js"]],
    ["of another length than listed", manifest(({ files }) => void files.forEach((file) => { if (file.path === "README.txt") file.bytes += 1; })), ["length_differs README.txt"]],
    ["changed after its hash was made", { late: (files) => void (files["README.txt"] = "Your Data.\n") }, ["hash_differs README.txt", "bag_differs tagmanifest-sha256.txt:3"]],
    ["changed, media", { late: (files) => void (files["data/media/000001.jpg"] = "another file") }, ["length_differs data/media/000001.jpg", "hash_differs data/media/000001.jpg", "bag_differs manifest-sha256.txt:11"]],
    ["left out of the bag's list", { late: (files) => void (files["manifest-sha256.txt"] = String(files["manifest-sha256.txt"]).split("\n").slice(1).join("\n")) }, ["bag_differs data/messages.ndjson", "bag_differs tagmanifest-sha256.txt:10"]],
    ["of data nobody knows", { files: (files) => void (files["data/notes.txt"] = "x") }, ["file_unexpected data/notes.txt", "bag_differs manifest-sha256.txt:12"]],
    ["among the receipts that is none", { files: (files) => void (files["data/receipts/notes.jsonld"] = "{}") }, ["file_unexpected data/receipts/notes.jsonld", "bag_differs manifest-sha256.txt:12"]],
    ["of a receipt in no form of one", { files: (files) => void (files["data/receipts/0192f0a4-7b1c-7d00-8000-0123456789ab.html"] = "<p>") }, ["file_unexpected data/receipts/0192f0a4-7b1c-7d00-8000-0123456789ab.html", "bag_differs manifest-sha256.txt:12"]],
    ["of lines nobody knows", { files: (files) => void (files["viewer/all.ndjson"] = "{}\n") }, ["file_unexpected viewer/all.ndjson", "bag_differs tagmanifest-sha256.txt:9"]],
    ["outside the top folder", { late: (files) => void (files["^matrix-other/x.txt"] = "x") }, ["entry_outside matrix-other/x.txt", "file_unlisted x.txt", "bag_differs x.txt"]],
  ])("%s", async (_name, change, expected) => {
    expect(await blockedBy(change)).toEqual(expected);
  });

  it.each([
    ["a way out", "viewer/chunk-1.js", "viewer/../../x.js"],
    ["a backslash", "viewer/chunk-1.js", "viewer\\chunk-1.js"],
    ["a control character", "viewer/chunk-1.js", "viewer/chunk\u00011.js"],
    ["a hidden name", "viewer/chunk-1.js", "viewer/.hunk-1.js"],
  ])("with %s in its name", async (_name, from, to) => {
    const [first] = await blockedBy(rename(`${top}/${from}`, `${top}/${to}`));
    expect(first).toMatch(/^entry_name (unnamed-entry|viewer\/\.hunk-1\.js|viewer\/\.\.\/\.\.\/x\.js)$/);
  });

  it("under a name that another system takes for the same", async () => {
    expect(await blockedBy({ files: (files) => { files["viewer/CHUNK-1.js"] = "x"; } })).toContain("entry_twice viewer/CHUNK-1.js");
  });

  it("under another name beside its bytes than in the directory", async () => {
    const change: Change = { zip: (zip) => void zip.write("viewer/chunk-2.js", zip.indexOf("viewer/chunk-1.js"), "latin1") };
    expect(await blockedBy(change)).toEqual(["entry_name viewer/chunk-1.js"]);
  });

  it("that is a link", async () => {
    const change: Change = { zip: (zip) => void zip.writeUInt32LE((0o120777 << 16) >>> 0, zip.lastIndexOf(`${top}/README.txt`) - 46 + 38) };
    expect(await blockedBy(change)).toEqual(["entry_type README.txt"]);
  });

  it("whose bytes do not unpack, and a ZIP without an end", async () => {
    const broken: Change = { zip: (zip) => void zip.fill(0xff, zip.indexOf("data/messages.csv") + 30, zip.indexOf("data/messages.csv") + 60) };
    expect(await blockedBy(broken)).toContain("zip_broken data/messages.csv");
    const zip = await packed();
    expect((await judged(zip.subarray(0, -30))).findings).toEqual([{ code: "zip_broken", path: "package.zip" }]);
  });

  it("that belongs to another person", async () => {
    expect(await blockedBy({}, { subject: stranger })).toContain("manifest_subject manifest.json");
    expect(await blockedBy({ late: (files) => void (files["manifest.json"] = "{}") })).toEqual(["manifest_unreadable manifest.json"]);
  });
});

describe("the ledger", () => {
  const [header = "", ...lines] = String(goodFiles()["data/scope-ledger.csv"]).trimEnd().split("\r\n");
  const line = (text: string) => lines.indexOf(text) + 2;

  it("that does not balance", async () => {
    const of = "messages,!a:test.example,8,3,1,4,1";
    expect(await blockedBy(ledger((text) => text.replace(of, "messages,!a:test.example,8,3,1,3,1")))).toEqual([
      `ledger_unbalanced data/scope-ledger.csv:${line(of)}`, "totals_differ data/scope-ledger.csv", "totals_differ data/scope-ledger.csv",
    ]);
  });

  it("that cannot be read, has a line twice, or is not there", async () => {
    expect(await blockedBy(ledger((text) => text.replace("devices,,1,1", "devices,,1,-1")))).toContain("ledger_unreadable data/scope-ledger.csv:6");
    expect(await blockedBy(ledger((text) => text.replace(header, header.replace("candidates,included", "included,candidates"))))).toContain("ledger_unreadable data/scope-ledger.csv:2");
    expect(await blockedBy(ledger((text) => `${text}devices,,0,0,0,0,0\r\n`))).toEqual(["ledger_unbalanced data/scope-ledger.csv:8"]);
    expect(await blockedBy({ files: (files) => void delete files["data/scope-ledger.csv"] })).toContain("file_missing data/scope-ledger.csv");
  });

  it("whose sums are not the manifest's", async () => {
    expect(await blockedBy(manifest(({ totals }) => void (totals.included += 1)))).toEqual(["totals_differ data/scope-ledger.csv"]);
    expect(await blockedBy(manifest(({ kinds }) => void ((kinds[0] as GateManifest["kinds"][0]).excluded = { BACKFILLED: 5, REJECTED: 2 })))).toEqual(["totals_differ data/scope-ledger.csv"]);
  });

  it.each<[string, Change, string]>([
    ["the same event twice", second(eventLine(1)), `record_twice ${path}:2`],
    ["more lines than included", add(path, ndjson(eventLine(7))), "counts_differ data/messages.ndjson"],
    ["a line of another room", second({ ...eventLine(2), room_id: "!b:test.example" }), "counts_differ data/messages.ndjson"],
    ["fewer rows than lines", { files: (files) => void (files["data/messages.csv"] = String(files["data/messages.csv"]).split("\r\n").toSpliced(2, 1).join("\r\n")) }, "counts_differ data/messages.csv"],
    ["a row of another event than the line", { files: (files) => void (files["data/messages.csv"] = String(files["data/messages.csv"]).replace("$event2", "$event1")) }, "tables_differ data/messages.csv"],
    ["another number of tombstones", second({ ...eventLine(2), redacted: true }), "counts_differ data/messages.ndjson"],
    ["records that the manifest does not count", manifest(({ files }) => void files.forEach((file) => { if (file.path === path) file.records = 4; })), "counts_differ data/messages.ndjson"],
  ])("and the files: %s", async (_name, change, expected) => {
    expect(await blockedBy(change)).toContain(expected);
  });
});

describe("the findings", () => {
  it("are twenty at most, with the number of all, and never say what stands there", async () => {
    const change = add(path, ndjson(...Array.from({ length: 50 }, (_, at) => eventLine(20 + at, { event: { sender: stranger } }))));
    const verdict = await judged(await packed(change));
    expect(verdict.findings).toHaveLength(20);
    expect(verdict.found).toBeGreaterThan(50);
    expect(JSON.stringify(verdict)).not.toContain("bob");
  });

  it("name no path that is not a generated one", async () => {
    const verdict = await judged(await packed({ late: (files) => void (files["data/@bob:test.example.txt"] = "x") }));
    expect(verdict.findings).toContainEqual({ code: "file_unlisted", path: "unnamed-entry" });
  });

  it("tell of a line that is no JSON, and go on", async () => {
    expect(await blockedBy(second("{nonsense"))).toContain(`record_unreadable ${path}:2`);
    expect(await blockedBy(second('["no object"]'))).toContain(`record_unreadable ${path}:2`);
  });
});
