import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { unbalanced } from "#tests/world/ledger.ts";
import { everything, found, type OpenedPackage, packageOf } from "#tests/world/package-of.ts";
import { waitFor } from "#tests/world/wait.ts";
import { sqlIdsOf } from "#tests/worlds/sql-oracle.ts";
import { type TwoServers } from "./federation-scenes.ts";
import { startTwoServers } from "./two-servers.ts";
import {
  atTheDoor, erasedSender, forgotten, type Hard, hardPeople, inAndOut, outliersMetAgain, planted, plantedOut, purgedAndRejoined, resurrected, upgrades, visibilityChanges,
} from "./hard-scenes.ts";
import { sqlBackfilledOwn, sqlForbidden, sqlLedger, sqlRedacted } from "./sql-ledger.ts";

// What real homeservers do to a person's rows, by two real Synapses; each package is held against SQL of its own.
let stop = () => Promise.resolve();
let two: TwoServers;
let hard: Hard;
const opened = new Map<string, OpenedPackage>();

beforeAll(async () => {
  const servers = await startTwoServers("hard");
  stop = servers.stop;
  two = servers.two;
  hard = await hardPeople(two);
  await Promise.all([visibilityChanges, inAndOut, atTheDoor, forgotten, upgrades, outliersMetAgain, purgedAndRejoined, erasedSender].map((scene) => scene(hard)));
  await resurrected(hard);
  await planted(hard);
  for (const who of Object.values(subjects())) opened.set(who, await packageOf(two.first, two.adminToken, who));
}, 900_000);

afterAll(() => stop());

const subjects = () => ({ sara: two.sara.mxid, twin: hard.twin.mxid, ake: hard.ake.mxid, mona: hard.mona.mxid, ben: two.ben.mxid });
type Who = keyof ReturnType<typeof subjects>;
const packageFor = (who: Who) => opened.get(subjects()[who]) ?? expect.unreachable();
const fileOf = (pack: OpenedPackage, ending: string) => [...pack.files].find(([name]) => name === ending || name.endsWith(`/${ending}`))?.[1].content.toString("utf8") ?? "";
const linesOf = (pack: OpenedPackage, kind: string) => fileOf(pack, `data/${kind}.ndjson`).split("\n").slice(0, -1);
const recordsOf = (pack: OpenedPackage, kind: string) => linesOf(pack, kind).map((line) => JSON.parse(line) as { event_id: string; room_id: string; record?: string; membership?: string; redacted?: boolean });
const rows = async (sql: string, values: unknown[]) => (await two.db.query<Record<string, string>>(sql, values)).rows;

describe.each(["sara", "twin", "ake", "mona", "ben"] as const)("the package of %s", (who) => {
  test("holds exactly the events an independent query finds, id by id", async () => {
    const expected = await sqlIdsOf(two.db, subjects()[who], { from: null, to: null });
    expect(recordsOf(packageFor(who), "messages").map((record) => record.event_id).sort()).toEqual(expected.messages);
    expect(recordsOf(packageFor(who), "rooms").filter((record) => record.record === "membership").map((record) => record.event_id).sort()).toEqual(expected.memberships);
    expect(expected.messages.length).toBeGreaterThan(0);
  });

  test("counts what was left out, room by room, as an independent count does", async () => {
    const { ledger } = packageFor(who);
    expect(unbalanced(ledger)).toEqual([]);
    const flat = ledger.filter((line) => line.room !== "" && (line.kind === "messages" || line.kind === "rooms"));
    const ours = flat.map(({ kind, room, candidates, included, excluded: { BACKFILLED, REJECTED, SOFT_FAILED } }) => ({ kind, room, candidates, included, BACKFILLED, REJECTED, SOFT_FAILED }));
    const key = (line: { kind: string; room: string }) => `${line.kind} ${line.room}`;
    expect(new Map(ours.map((line) => [key(line), line]))).toEqual(new Map((await sqlLedger(two.db, subjects()[who])).map((line) => [key(line), line])));
  });

  test("gives tombstones for what was redacted, and the stored bytes of all else", async () => {
    const pack = packageFor(who);
    expect(recordsOf(pack, "messages").filter((record) => record.redacted).map((record) => record.event_id).sort()).toEqual(await sqlRedacted(two.db, subjects()[who]));
    const stored = new Map((await rows("SELECT event_id, json FROM event_json", [])).map((row) => [row["event_id"], row["json"]]));
    const whole = linesOf(pack, "messages").filter((line) => line.includes(',"event":') && !line.includes(',"cut":['));
    expect(whole.filter((line) => line.slice(line.indexOf(',"event":') + 9, -1) !== stored.get((JSON.parse(line) as { event_id: string }).event_id))).toEqual([]);
    expect(whole.length).toBeGreaterThan(0);
  });

  test("has no word of anyone else, and none that came back as history", async () => {
    const forbidden = await sqlForbidden(two.db, subjects()[who]);
    expect(forbidden.length).toBeGreaterThan(30);
    expect(found(packageFor(who), forbidden)).toEqual([]);
  });
});

describe("what the homeserver made of it", () => {
  const own = (condition: string, room: string, who: Who = "sara") =>
    rows(`SELECT event_id FROM events NATURAL JOIN event_json WHERE room_id = $1 AND sender = $2 AND type = 'm.room.message' AND ${condition}`, [hard.rooms[room], subjects()[who]]);
  const line = (kind: string, room: string, who: Who = "sara") => packageFor(who).ledger.find((row) => row.kind === kind && row.room === hard.rooms[room]);

  test("visibility that changes, by her own act and others', changes nothing of what is hers", async () => {
    expect(await own("stream_ordering > 0", "visibility")).toHaveLength(9);
    expect((await rows("SELECT event_id FROM events WHERE room_id = $1 AND sender <> $2 AND stream_ordering < 0 AND origin_server_ts > (SELECT max(origin_server_ts) FROM events WHERE room_id = $1 AND sender = $2)", [hard.rooms["visibility"], two.sara.mxid])).length).toBeGreaterThanOrEqual(4);
  });

  test("kicks, bans and invitations of others are told with their reasons, one by one", () => {
    const memberships = recordsOf(packageFor("sara"), "rooms").filter((record) => record.record === "membership" && record.room_id === hard.rooms["inAndOut"]);
    expect(memberships.map((record) => record.membership)).toEqual(["leave", "ban", "leave", "invite"]);
  });

  test("knocks and declined invitations are outliers that arrived live, and stay in", async () => {
    const outOfBand = await rows("SELECT event_id FROM events NATURAL JOIN event_json WHERE state_key = $1 AND outlier AND stream_ordering > 0 AND internal_metadata LIKE '%out_of_band_membership%'", [two.sara.mxid]);
    expect(outOfBand.length).toBeGreaterThanOrEqual(4);
    const all = [...recordsOf(packageFor("sara"), "messages"), ...recordsOf(packageFor("sara"), "rooms")].map((record) => record.event_id);
    expect(outOfBand.filter((row) => !all.includes(row["event_id"] ?? ""))).toEqual([]);
  });

  test("a forgotten room is still hers", async () => {
    expect(await rows("SELECT membership FROM room_memberships WHERE room_id = $1 AND user_id = $2 AND forgotten = 1", [hard.rooms["forgotten"], two.sara.mxid])).not.toEqual([]);
    expect(line("messages", "forgotten")?.included).toBe(8);
  });

  test("every version of a room, from 1 to 12, has its line; the last one's id names no server", () => {
    for (let version = 1; version <= 12; version += 1) expect([version, line("messages", `v${version}`)?.included]).not.toEqual([version, undefined]);
    expect(hard.rooms["v12"]).not.toContain(":");
    expect(found(packageFor("sara"), Array.from({ length: 12 }, (_, at) => `saraLadder${at + 1}Canary`))).toHaveLength(12);
  });

  test("outliers of a purge that were met again by reading back are live and no outliers any more", async () => {
    expect(await own("stream_ordering > 0 AND NOT outlier", "metAgain")).toHaveLength(5);
    expect(line("messages", "metAgain")?.excluded["BACKFILLED"]).toBe(0);
  });

  test("a room that was purged and joined again: old words are history, redacted before they came; new ones are live", async () => {
    expect(await own("stream_ordering < 0", "rejoined")).toHaveLength(5);
    expect(await own("stream_ordering > 0", "rejoined")).toHaveLength(3);
    const early = await rows("SELECT r.event_id FROM redactions r JOIN events t ON t.event_id = r.redacts JOIN events a ON a.event_id = r.event_id WHERE t.room_id = $1 AND t.stream_ordering < 0 AND a.stream_ordering > 0", [hard.rooms["rejoined"]]);
    expect(early).toHaveLength(1);
    expect(line("messages", "rejoined", "twin")?.included).toBe(0);
    expect(line("messages", "rejoined", "ake")?.included).toBe(2);
  });

  test("an erased sender's own words are still held, and still theirs", async () => {
    expect(await rows("SELECT user_id FROM erased_users WHERE user_id = $1", [hard.mona.mxid])).toHaveLength(1);
    expect(found(packageFor("mona"), ["monaErasedCanary0x", "monaErasedCanary2x"])).toHaveLength(2);
    expect(linesOf(packageFor("mona"), "account").some((record) => record.includes('"record":"erasure"'))).toBe(true);
  });

  test("what no server can be made to do is planted as rows: rejected, soft-failed, outlying history", () => {
    expect(found(packageFor("sara"), [...plantedOut.map(([name]) => `sara${name}Canary`), "saraLiveOutlierCanary"])).toEqual(["saraLiveOutlierCanary"]);
    expect(line("messages", "forgotten")?.excluded).toEqual({ BACKFILLED: 3, REJECTED: 1, SOFT_FAILED: 1, OUT_OF_RANGE: 0 });
  });

  test("a membership that rose from the dead is history: the room is counted and not listed", async () => {
    expect(await rows("SELECT membership FROM local_current_membership WHERE room_id = $1 AND user_id = $2", [hard.rooms["resurrected"], two.sara.mxid])).toEqual([{ membership: "join" }]);
    expect(line("messages", "resurrected")).toMatchObject({ included: 0 });
    expect(recordsOf(packageFor("sara"), "rooms").filter((record) => record.room_id === hard.rooms["resurrected"])).toEqual([]);
  });
});

describe.each(["sara", "ake", "twin"] as const)("the package of %s with own fetched-back messages granted", (who) => {
  const granted: OpenedPackage[] = [];
  beforeAll(async () => {
    const scope = { ...everything, kinds: [...everything.kinds, "backfilled_own" as const] };
    const approvals = [{ kind: "backfilled_own" as const, at: new Date().toISOString(), reason: "asked for by letter", by: "data protection officer" as const }];
    granted.push(await packageOf(two.first, two.adminToken, subjects()[who], scope, approvals));
    opened.set(subjects()[who], await packageOf(two.first, two.adminToken, subjects()[who]));
  });
  const pack = () => granted[0] ?? expect.unreachable();

  test("holds exactly the own rows with a negative ordering, in a folder of their own, byte for byte", async () => {
    const expected = await sqlBackfilledOwn(two.db, subjects()[who]);
    const lines = linesOf(pack(), "backfilled-own/messages");
    const idOf = (line: string) => (JSON.parse(line) as { event_id: string }).event_id;
    expect(lines.map(idOf).sort()).toEqual([...expected.keys()].sort());
    expect(lines.length).toBeGreaterThan(0);
    const whole = lines.filter((line) => line.includes(',"event":') && !line.includes(',"cut":['));
    expect(whole.filter((line) => line.slice(line.indexOf(',"event":') + 9, -1) !== expected.get(idOf(line)))).toEqual([]);
    const count = pack().ledger.filter((line) => line.kind === "backfilled_own").reduce((sum, line) => sum + line.included, 0);
    expect(count).toBe(expected.size);
  });

  test("has still no word of anyone else, and every other record as without it", async () => {
    const own = (await rows("SELECT json::json #>> '{content,body}' AS body FROM events NATURAL JOIN event_json WHERE sender = $1 AND type = 'm.room.message' AND stream_ordering < 0", [subjects()[who]])).map((row) => row["body"]);
    expect(found(pack(), (await sqlForbidden(two.db, subjects()[who])).filter((text) => !own.includes(text)))).toEqual([]);
    // Of visits the homeserver takes note between the two, and it moves its push counters about every half minute.
    const same = (name: string) => name.endsWith(".ndjson") && !name.includes("backfilled-own") && !name.endsWith("/sessions.ndjson");
    const moved = /"(?:notifications_waiting|unread_counters)"/;
    const still = (name: string, text: string) => (name.endsWith("/counts.ndjson") ? text.split("\n").filter((line) => !moved.test(line)) : text);
    const records = (of: OpenedPackage) => [...of.files].filter(([name]) => same(name)).map(([name, file]) => [name, still(name, file.content.toString("utf8"))]);
    expect(records(pack())).toEqual(records(packageFor(who)));
  });
});

test("what is redacted while the package is written is in it as it was when the look began", async () => {
  const { sara } = two;
  const room = await sara.createRoom({ preset: "private_chat", name: "Race" });
  const event = await sara.say(room, "saraRaceCanary");
  const during = async (step: string) => {
    if (step !== "counted") return;
    await sara.redact(room, event);
    await waitFor("the redaction to be stored", async () => (await two.db.query("SELECT FROM redactions WHERE redacts = $1", [event])).rowCount === 1);
  };
  const [first, then] = [await packageOf(two.first, two.adminToken, sara.mxid, undefined, undefined, during), await packageOf(two.first, two.adminToken, sara.mxid)];
  const told = (pack: OpenedPackage) => ({ words: found(pack, ["saraRaceCanary"]).length, line: pack.ledger.find((row) => row.kind === "messages" && row.room === room) });
  expect(told(first)).toMatchObject({ words: 1, line: { tombstones: 0 } });
  expect(told(then)).toMatchObject({ words: 0, line: { tombstones: 1, candidates: (told(first).line?.candidates ?? 0) + 1 } });
  expect([...unbalanced(first.ledger), ...unbalanced(then.ledger)]).toEqual([]);
}, 120_000);
