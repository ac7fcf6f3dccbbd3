import { beforeAll, expect, test } from "vitest";
import { kindById, kinds } from "#lib/kinds/all.ts";
import type { KindId, Source } from "#lib/kinds/kind.ts";
import { media } from "#lib/kinds/media.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import { emptySynapse } from "#tests/fixtures/empty-synapse.ts";
import { at, countedRows, laterRows, room } from "./person-rows.ts";
import { csvOf, linesOf, look } from "./reading.ts";

const subject = "@alice:example.org" as Mxid;
/** Other people, one of them with the same local part and one that LIKE would match. */
const others = ["@bob:example.org", "@Alice:example.org", "@alice:example.org.evil", "@alic_:example.org"];
const odd = String.raw`{"text":"nul \u0000 \ud800","number":9007199254740993,"number":1}`;
const raw = '{"text":"a\nb\x01"}';

const database = emptySynapse();
beforeAll(async () => {
  await person(subject, "mine", odd);
  for (const [index, other] of others.entries()) await person(other, `CANARY${index}`, `{"canary":"CANARY${index}"}`);
}, 120_000);

/** One row in every table of the small kinds; `word` in every text of it. */
async function person(user: string, word: string, json: string): Promise<void> {
  const { insert } = database.rows;
  const id = others.indexOf(user) + 1;
  await insert("users", { name: user, creation_ts: 1_700_000_000, password_hash: "SECRET", consent_version: word, consent_ts: at, shadow_banned: true, admin: 1 });
  await insert("erased_users", { user_id: user });
  await insert("profiles", { user_id: word, full_user_id: user, displayname: word, avatar_url: `mxc://${word}`, fields: JSON.stringify({ "m.tz": word }) });
  await insert("user_threepids", { user_id: user, medium: "email", address: `${word}@example.org`, validated_at: at, added_at: at });
  await insert("user_threepid_id_server", { user_id: user, medium: "email", address: `${word}@example.org`, id_server: word });
  await insert("user_external_ids", { user_id: user, auth_provider: "oidc", external_id: word });
  await insert("devices", { user_id: user, device_id: "DEV", display_name: word, last_seen: at, ip: "192.0.2.1", user_agent: word, hidden: false });
  await insert("user_ips", { user_id: user, access_token: `SECRET${id}`, device_id: "DEV", ip: "2001:db8::1", user_agent: word, last_seen: at });
  await insert("user_daily_visits", { user_id: user, device_id: word, timestamp: at, user_agent: null });
  await insert("account_data", { user_id: user, account_data_type: "m.direct", stream_id: id, content: json });
  await insert("room_account_data", { user_id: user, room_id: room, account_data_type: "m.fully_read", stream_id: id, content: user === subject ? raw : json });
  await insert("room_tags", { user_id: user, room_id: room, tag: `u.${word}`, content: "{}" });
  await insert("receipts_linearized", { stream_id: id, room_id: room, receipt_type: "m.read.private", user_id: user, event_id: "$someone", data: json });
  await insert("push_rules", { id, user_name: user, rule_id: word, priority_class: 5, priority: 0, conditions: "[]", actions: json });
  await insert("push_rules_enable", { id, user_name: user, rule_id: word, enabled: 0 });
  const pusher = { user_name: user, app_display_name: word, device_display_name: word, profile_tag: "", ts: at, access_token: 1, data: '{"auth":"SECRET"}' };
  await insert("pushers", { ...pusher, id: id * 10, kind: "http", app_id: "app", pushkey: "SECRET-KEY" });
  await insert("pushers", { ...pusher, id: id * 10 + 1, kind: "email", app_id: "m.email", pushkey: `${word}@example.org` });
  await insert("deleted_pushers", { stream_id: id * 10, app_id: "app", pushkey: "SECRET-OLD", user_id: user });
  await insert("deleted_pushers", { stream_id: id * 10 + 1, app_id: "m.email", pushkey: `old-${word}@example.org`, user_id: user });
  await insert("event_reports", { id, received_ts: at, room_id: room, event_id: "$bad", user_id: user, reason: word, content: json });
  await insert("room_reports", { id, received_ts: at, room_id: room, user_id: user, reason: word });
  await insert("user_reports", { id, received_ts: at, target_user_id: user === subject ? "@eve:evil.example" : subject, user_id: user, reason: word });
  await laterRows(database.rows, { user, word, json, id });
  await countedRows(database.rows, { user, word, id });
  await insert("local_media_repository", { media_id: `${word}b`, media_type: "image/png", media_length: 11, created_ts: at, upload_name: `../${word}\n=1+1`, user_id: user, quarantined_by: "@SECRET:example.org" });
  await insert("local_media_repository", { media_id: `${word}a`, media_type: "text/plain", media_length: 7, created_ts: at + 86_400_000, user_id: user });
  await insert("local_media_repository", { media_id: `${word}-preview`, media_type: "image/png", media_length: 5, created_ts: at, user_id: user, url_cache: `https://${word}.example` });
  await insert("local_media_repository", { media_id: `${word}-begun`, media_type: null, media_length: null, created_ts: at, user_id: user });
}

const read = <T>(work: (source: Source) => Promise<T>, scope = {}) => look(database.reader, subject, work, scope);
const lines = (id: KindId, scope = {}) => read((source) => linesOf(kindById(id), source), scope);
const table = (id: KindId, scope = {}) => read((source) => csvOf(kindById(id), source), scope);

/** Events, and what is keyed by something other than the whole Matrix ID, have their own files. */
const small = kinds.filter((kind) => !["messages", "rooms", "delayed_events", "reports_about", "backfilled_own"].includes(kind.id));

test.each(small.map((kind) => kind.id))("%s: only the subject's rows, no secret, every line JSON", async (id) => {
  const [given, cells] = [await lines(id), await table(id)];
  expect(given.length).toBeGreaterThan(0);
  expect(given.length).toBe(cells.length);
  for (const line of given) JSON.parse(line);
  const all = given.join("\n") + JSON.stringify(cells);
  expect(all).not.toMatch(/CANARY|SECRET|evil\.org/);
  if (id !== "counts") expect(all).toMatch(/mine|\$someone/);
});

test("stored JSON passes byte for byte, \\u0000, lone surrogates and double keys included", async () => {
  expect((await lines("account_data"))[0]).toBe(`{"record":"global","account_data_type":"m.direct","content":${odd}}`);
  expect((await lines("receipts"))[0]).toContain(`"data":${odd}}`);
  expect((await lines("push_rules"))[0]).toContain(`"actions":${odd}}`);
  expect((await lines("reports"))[0]).toContain(`"content":${odd}}`);
});

test("stored text that is no JSON for its control characters travels in base 64", async () => {
  const line = JSON.parse((await lines("account_data"))[1] ?? "") as Record<string, string>;
  expect(Object.keys(line)).toEqual(["record", "room_id", "account_data_type", "content_base64"]);
  expect(Buffer.from(line.content_base64 ?? "", "base64").toString()).toBe(raw);
});

test("hides push keys, and shows the addresses among them", async () => {
  expect((await table("pushers")).map((row) => [row.record, row.pushkey])).toEqual([
    ["pusher", "(hidden)"],
    ["pusher", "mine@example.org"],
    ["removed_pusher", "(hidden)"],
    ["removed_pusher", "old-mine@example.org"],
  ]);
});

test("times are dates in the table, whatever unit they are stored in", async () => {
  const [account] = await table("account");
  expect(account).toMatchObject({ creation_ts: new Date(at), consent_ts: new Date(at), admin: true, is_guest: false, locked: false });
  expect(await table("sessions")).toMatchObject([{ last_seen: new Date(at) }, { timestamp: new Date(at), last_seen: null }, { timestamp: new Date(at), device_id: null }]);
});

test("the days asked for apply to what has a day", async () => {
  const later = { from: "2023-11-15", to: "2023-11-15" };
  expect((await lines("media", later)).map((line) => (JSON.parse(line) as { media_id: string }).media_id)).toEqual(["minea"]);
  expect(await lines("sessions", later)).toEqual([]);
  expect(await lines("reports", later)).toEqual([]);
  expect(await lines("account_data", later)).toHaveLength(5);
  expect(await read((source) => media.tally(source), later)).toEqual([
    { kind: "media", room: null, candidates: 4, included: 1, tombstones: 0, excluded: { OUT_OF_RANGE: 3 } },
  ]);
});

test("attaches uploaded files only, once each, and sums their bytes", async () => {
  const attached = await read((source) => Array.fromAsync(media.attachments?.(source) ?? []));
  expect(attached).toEqual([
    { mediaId: "minea", contentType: "text/plain", bytes: 7 },
    { mediaId: "mineb", contentType: "image/png", bytes: 11 },
  ]);
  expect(await read((source) => media.estimate(source, 4))).toBe(18);
  expect(await read((source) => media.estimate(source, 4), { mediaFiles: false })).toBe(0);
});

test("finds all of many files, page by page", async () => {
  await database.rows.client.query(
    "INSERT INTO local_media_repository (media_id, media_type, media_length, created_ts, user_id) SELECT 'M' || n, 'x/y', 1, 0, '@many:example.org' FROM generate_series(1, 450) n",
  );
  const attached = await look(database.reader, "@many:example.org" as Mxid, (source) => Array.fromAsync(media.attachments?.(source) ?? []));
  expect(new Set(attached.map((file) => file.mediaId)).size).toBe(450);
});

test("the ledger counts by room where there are rooms, one line each", async () => {
  expect(await read((source) => kindById("account_data").tally(source))).toEqual([
    { kind: "account_data", room: null, candidates: 3, included: 3, tombstones: 0, excluded: {} },
    { kind: "account_data", room, candidates: 2, included: 2, tombstones: 0, excluded: {} },
  ]);
});

test("no kind has anything to note on the version it was built for", async () => {
  expect(await read(async (source) => (await Promise.all(kinds.map((kind) => kind.notes(source)))).flat())).toEqual([]);
});
