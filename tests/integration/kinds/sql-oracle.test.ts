import { beforeAll, expect, test } from "vitest";
import { kindById } from "#lib/kinds/all.ts";
import type { KindId, Source } from "#lib/kinds/kind.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import { emptySynapse } from "#tests/fixtures/empty-synapse.ts";
import { at, countedRows, laterRows, room } from "./person-rows.ts";
import { csvOf, included, linesOf, look } from "./reading.ts";

/** A name of the old grammar beside people whose names differ by a letter's case, a suffix, a server or a wildcard. */
const subject = "@Ali_e O'Neil %:example.org" as Mxid;
const others = ["@ali_e O'Neil %:example.org", "@Ali_e O'Neil %:example.org.evil", "@Alixe O'Neil %:example.org", "@Ali_e O'Neil %:evil.example"];

const database = emptySynapse();
beforeAll(async () => {
  for (const [id, user] of [subject, ...others].entries()) {
    const voice = { user, word: id === 0 ? "mine" : `CANARY${id}`, json: id === 0 ? String.raw`{"nul":"\u0000","big":9007199254740993}` : `{"x":"CANARY${id}"}`, id };
    await database.rows.insert("users", { name: user, creation_ts: 1_700_000_000 });
    await laterRows(database.rows, voice);
    await countedRows(database.rows, voice);
    await database.rows.insert("user_threepids", { user_id: user, medium: "email", address: `${voice.word}@example.org`, validated_at: at, added_at: at });
  }
  // Other people's acts that name the subject.
  await database.rows.insert("ignored_users", { ignorer_user_id: others[0], ignored_user_id: subject });
  await database.rows.insert("e2e_cross_signing_signatures", { user_id: others[0], key_id: "CANARY", target_user_id: subject, target_device_id: "D", signature: "CANARY" });
  await database.rows.insert("access_tokens", { id: 999, user_id: subject, device_id: "mine-too", token: "SECRET-puppet", puppets_user_id: others[0] });
}, 120_000);

const read = <T>(work: (source: Source) => Promise<T>, scope = {}) => look(database.reader, subject, work, scope);

/** What each kind must count, by queries written for this test alone. */
const oracle: readonly (readonly [KindId, string])[] = [
  ["account", "SELECT (SELECT count(*) FROM users WHERE name = $1) + (SELECT count(*) FROM account_validity WHERE user_id = $1) + (SELECT count(*) FROM per_user_experimental_features WHERE user_id = $1) + (SELECT count(*) FROM ratelimit_override WHERE user_id = $1) AS n"],
  ["profile", "SELECT count(*) AS n FROM profile_updates WHERE user_id = $1"],
  ["threepids", "SELECT (SELECT count(*) FROM user_threepids WHERE user_id = $1) + (SELECT count(*) FROM threepid_validation_session WHERE address IN (SELECT address FROM user_threepids WHERE user_id = $1)) AS n"],
  ["devices", "SELECT count(*) AS n FROM device_auth_providers WHERE user_id = $1"],
  ["sign_ins", "SELECT (SELECT count(*) FROM access_tokens WHERE $1 IN (user_id, puppets_user_id)) + (SELECT count(*) FROM open_id_tokens WHERE user_id = $1) AS n"],
  ["sessions", "SELECT count(*) AS n FROM monthly_active_users WHERE user_id = $1"],
  ["presence", "SELECT count(*) AS n FROM presence_stream WHERE user_id = $1"],
  ["account_data", "SELECT (SELECT count(*) FROM ignored_users WHERE ignorer_user_id = $1) + (SELECT count(*) FROM user_filters WHERE full_user_id = $1) AS n"],
  ["push_rules", "SELECT (SELECT count(*) FROM push_rules_stream WHERE user_id = $1) + (SELECT count(*) FROM thread_subscriptions WHERE user_id = $1) AS n"],
  ["own_rooms", "SELECT (SELECT count(*) FROM rooms WHERE creator = $1) + (SELECT count(*) FROM room_aliases WHERE creator = $1) + (SELECT count(*) FROM blocked_rooms WHERE user_id = $1) AS n"],
  ["encryption_keys", "SELECT (SELECT count(*) FROM e2e_device_keys_json WHERE user_id = $1) + (SELECT count(*) FROM e2e_cross_signing_keys WHERE user_id = $1) + (SELECT count(*) FROM e2e_cross_signing_signatures WHERE user_id = $1) + (SELECT count(*) FROM user_signature_stream WHERE from_user_id = $1) AS n"],
  ["key_backup", "SELECT (SELECT count(*) FROM e2e_room_keys_versions WHERE user_id = $1) + (SELECT count(*) FROM e2e_room_keys WHERE user_id = $1) AS n"],
];

test.each(oracle)("%s: the ledger, the lines and the table are what an independent query counts", async (id, query) => {
  const { rows: found } = await database.rows.client.query<{ n: string }>(query, [subject]);
  const expected = Number(found[0]?.n);
  expect(expected).toBeGreaterThan(0);
  await read(async (source) => {
    const kind = kindById(id);
    expect(included(await kind.tally(source))).toBe(expected);
    const [lines, cells] = [await linesOf(kind, source), await csvOf(kind, source)];
    expect([lines.length, cells.length]).toEqual([expected, expected]);
    expect(lines.join("\n") + JSON.stringify(cells)).not.toMatch(/CANARY|SECRET|evil/);
  });
});

test("tells how many there are of what is only counted, table by table", async () => {
  const counts = kindById("counts");
  const table = await read((source) => csvOf(counts, source));
  for (const { table: name, count } of table as { table: string; count: number }[]) {
    const key = name === "threepid_guest_access_tokens" ? "first_inviter" : "user_id";
    const what = name === "user_stats_current" ? "sum(joined_rooms)" : "count(*)";
    const { rows: found } = await database.rows.client.query<{ n: string }>(`SELECT ${what} AS n FROM ${name} WHERE ${key} = $1`, [subject]);
    expect([name, count]).toEqual([name, Number(found[0]?.n)]);
  }
  expect(table.length).toBe(10);
  expect(included(await read((source) => counts.tally(source)))).toBe(10);
  expect((await read((source) => linesOf(counts, source))).join("")).not.toMatch(/CANARY|SECRET/);
});

test("an administrator obtained access: that, and never which administrator; nor for whom the person acted", async () => {
  const lines = (await read((source) => linesOf(kindById("sign_ins"), source))).map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toEqual([
    { record: "sign_in", device_id: "mine", valid_until_ms: at, last_validated: at, used: true, for_another_account: false },
    { record: "sign_in", device_id: "mine-too", valid_until_ms: null, last_validated: null, used: null, for_another_account: true },
    { record: "administrator_access", valid_until_ms: at, last_validated: null, used: null },
    { record: "proof_for_other_services", ts_valid_until_ms: at },
  ]);
});

test("who ignores the person and who verified them stays with those people", async () => {
  const settings = await read((source) => csvOf(kindById("account_data"), source));
  expect(settings.filter((row) => row.record === "ignored").map((row) => row.ignored_user_id)).toEqual(["@troll:example.org"]);
  const signatures = (await read((source) => csvOf(kindById("encryption_keys"), source))).filter((row) => row.record === "signature");
  expect(signatures.map((row) => row.target_user_id)).toEqual(["@friend:example.org"]);
});

test("attempts to verify an address are given for addresses the account has now, and only for those", async () => {
  const attempts = (await read((source) => csvOf(kindById("threepids"), source))).filter((row) => row.record === "verification");
  expect(attempts).toMatchObject([{ address: "mine@example.org", validated_at: new Date(at) }]);
});

test("the backup of keys is counted by room", async () => {
  expect(await read((source) => kindById("key_backup").tally(source))).toEqual([
    { kind: "key_backup", room: null, candidates: 1, included: 1, tombstones: 0, excluded: {} },
    { kind: "key_backup", room, candidates: 1, included: 1, tombstones: 0, excluded: {} },
  ]);
});

test.each([
  ["umlauts and emoji", '{"a":"äöü 🌻"}', true],
  ["NUL", "\0{}", false],
  ["half a character", Buffer.from([0x7b, 0xc3, 0x7d]), false],
  ["an encoded surrogate", Buffer.from([0xed, 0xa0, 0x80]), false],
  ["beyond Unicode", Buffer.from([0xf4, 0x90, 0x80, 0x80]), false],
  ["overlong", Buffer.from([0xc0, 0xaf]), false],
])("a filter of %s is given whole", async (_, bytes, text) => {
  const stored = Buffer.from(bytes);
  await database.rows.client.query("UPDATE user_filters SET filter_json = $1 WHERE full_user_id = $2", [stored, subject]);
  const line = (await read((source) => linesOf(kindById("account_data"), source))).map((one) => JSON.parse(one) as Record<string, string>).find(({ record }) => record === "filter");
  if (text) expect(line).toMatchObject({ filter_json: JSON.parse(stored.toString()) as unknown, filter_base64: null });
  else expect(line).toMatchObject({ filter_json: null, filter_base64: stored.toString("base64") });
});
