import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Certificate, CertificateFile } from "#lib/erasure/certificate.ts";
import { driftCheck } from "#lib/erasure/drift.ts";
import { replayErasures } from "#lib/erasure/replay.ts";
import type { Residue } from "#lib/erasure/residue.ts";
import { renderPdf } from "#lib/pdf/render-to-buffer.ts";
import { freshDb } from "#tests/fixtures/db.ts";
import { adminApi } from "#tests/world/admin.ts";
import { seg } from "#tests/world/http.ts";
import { waitFor } from "#tests/world/wait.ts";
import { herIp, needlesFor, rosasWorld, type ErasedWorld } from "./erased-world.ts";
import { everyRow, missingFrom, type Tables } from "./every-row.ts";
import { portalOf } from "./erasure-run.ts";
import { findTraces } from "./find-traces.ts";

// Issue 5 § 9: the whole road on a real Synapse, for somebody who has something of everything.
let given: ErasedWorld;
let open: Awaited<ReturnType<typeof freshDb>>;
let portal: Awaited<ReturnType<typeof portalOf>>;
let before: Tables;
let after: Tables;
let filesBefore: Map<string, string>;
let own: Set<string>;
let request: Awaited<ReturnType<typeof portal.ask>>;
let ended: Awaited<ReturnType<typeof portal.erase>>;

beforeAll(async () => {
  [given, open] = await Promise.all([rosasWorld("erasure"), freshDb()]);
  portal = await portalOf({ ...given, token: given.world.keeper.accessToken }, open.db, { renderPdf });
  request = await portal.ask(given.subject);
  await quiet();
  before = await everyRow(given.db);
  filesBefore = await mediaFiles();
  ended = await portal.erase(request.id);
  await quiet();
  after = await everyRow(given.db);
  const { rows } = await given.db.query<{ id: string }>("SELECT event_id AS id FROM events WHERE sender = $1", [given.subject]);
  own = new Set(rows.map(({ id }) => id));
}, 300_000);
afterAll(async () => {
  await given?.close();
  await open?.drop();
});

/** Synapse writes down late what it has in memory: visits, statistics, what a deactivation schedules. */
async function quiet(): Promise<void> {
  let last = "";
  await waitFor("the homeserver to be at rest", async () => {
    const { rows } = await given.db.query<{ now: string }>(`SELECT concat_ws(' ', (SELECT max(stream_ordering) FROM events), (SELECT stream_id FROM stats_incremental_position),
      (SELECT count(*) FROM scheduled_tasks WHERE status IN ('scheduled', 'active') AND action <> 'purge_room'), (SELECT count(*) FROM users_pending_deactivation),
      (SELECT count(*) FROM device_inbox), (SELECT count(*) FROM user_ips), (SELECT max(last_seen) FROM user_ips)) AS now`);
    const now = rows[0]?.now ?? "";
    // Twice a minute unread notifications are summed up, whoever is erased.
    const counted = "SELECT FROM stats_incremental_position, event_push_summary_stream_ordering p WHERE stream_id = (SELECT max(stream_ordering) FROM events) AND p.stream_ordering >= (SELECT coalesce(max(stream_ordering), 0) FROM event_push_actions)";
    const same = now === last && (await given.db.query(counted)).rowCount === 1;
    last = now;
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    return same;
  }, 90);
}

async function mediaFiles(): Promise<Map<string, string>> {
  const folder = path.join(given.synapse.dataDir, "media");
  const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return new Map(await Promise.all(names.map(async (name) => [name, (await readFile(name)).toString("base64")] as const)));
}

describe("an erasure with redaction", () => {
  test("comes to its end, with a certificate, and says what it did", async () => {
    expect(ended).toMatchObject({ state: "fulfilled", failure: null });
    const facts = await portal.factsOf(request.id);
    expect(facts).toMatchObject({ leave: { stays: 0 }, media: { stays: 0 }, verify: { locked: true }, recheck: { unexplained: 0 }, rooms: { stays: 0 } });
    const { document, pdf } = await open.db.certificate.findUniqueOrThrow({ where: { requestId: request.id } });
    const { certificate } = document as unknown as CertificateFile;
    expect(certificate.planHash).toBe(request.plan.hash);
    expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe("%PDF-");
    expect(Buffer.from(pdf).length).toBeGreaterThan(20_000);
    expect(certificate.failed.map(({ code }) => code).filter((code) => !["left_room", "room_works", "rejected"].includes(code))).toEqual([]);
  });

  test("the account is deactivated, erased, locked, in no room and signed in nowhere", async () => {
    const { homeserver, eraser } = portal.ctx;
    expect(await homeserver.account(given.subject)).toMatchObject({ deactivated: true, erased: true, locked: true, mails: [], displayName: null });
    expect([await eraser.joinedRooms(given.subject), await eraser.deviceCount(given.subject), await eraser.mediaCount(given.subject)]).toEqual([[], 0, 0]);
    const { rows } = await given.db.query("SELECT FROM local_current_membership WHERE user_id = $1 AND membership IN ('join', 'invite', 'knock')", [given.subject]);
    expect(rows).toEqual([]);
  });

  test("S06 S08 no message of hers is unredacted, in whatever room; in rooms she was in nothing else is, either", async () => {
    const { rows } = await given.db.query<{ type: string; room: string }>(
      `SELECT e.type, e.room_id AS room FROM events e WHERE e.sender = $1 AND e.rejection_reason IS NULL AND NOT EXISTS (SELECT FROM redactions r WHERE r.redacts = e.event_id)
       AND e.type NOT IN ('m.room.redaction', 'm.room.member')`,
      [given.subject],
    );
    expect(rows.filter(({ type }) => type === "m.room.message" || type === "m.room.encrypted")).toEqual([]);
    const works = ["m.room.create", "m.room.power_levels", "m.room.join_rules", "m.room.history_visibility", "m.room.guest_access", "m.room.canonical_alias", "m.space.child", "m.space.parent", "m.room.encryption", "m.room.tombstone", "m.room.server_acl"];
    const left = new Set(["left", "forgotten", "kicked", "banned", "declined"].map((name) => given.world.rooms[name as "left"].id));
    expect(rows.filter(({ type, room }) => !works.includes(type) && !left.has(room))).toEqual([]);
  });

  test("MSC3759 every room she left says that the account is gone, without name or picture", async () => {
    const { rows } = await given.db.query<{ json: string }>(
      "SELECT j.json FROM local_current_membership l JOIN event_json j USING (event_id) JOIN events e USING (event_id) WHERE l.user_id = $1 AND l.membership = 'leave' AND e.sender = $1 AND NOT e.event_id = ANY ($2)",
      [given.subject, (before.get("events") ?? []).map((row) => (JSON.parse(row) as { event_id: string }).event_id)],
    );
    expect(rows.length).toBeGreaterThan(4);
    for (const { json } of rows) expect((JSON.parse(json) as { content: unknown }).content).toEqual({ membership: "leave", "m.deactivated": true, "org.matrix.msc3759.deactivated": true });
  });
});

/** Counters of the homeserver as a whole, caches it makes anew, and the administrator's own token and visits: nobody's data changes in them. */
const counters = new Set([
  "stream_positions", "stats_incremental_position", "federation_stream_position", "appservice_stream_position", "user_directory_stream_pos", "room_forgetter_stream_pos", "event_push_summary_stream_ordering",
  "event_push_summary_last_receipt_stream_id", "delayed_events_stream_pos", "device_lists_changes_converted_stream_position", "room_stats_current", "room_depth", "cache_invalidation_stream_by_instance", "scheduled_tasks",
  "sliding_sync_joined_rooms", "background_updates", "worker_locks", "worker_read_write_locks", "worker_read_write_locks_mode", "state_groups", "state_group_edges", "state_groups_state", "event_forward_extremities",
  "event_backward_extremities", "state_groups_persisting", "state_groups_pending_deletion", "event_auth_chains", "event_auth_chain_links", "stream_ordering_to_exterm", "presence_stream",
]);

const sameThread = (one: string, other: string) => (JSON.parse(one) as { thread_id: string }).thread_id === (JSON.parse(other) as { thread_id: string }).thread_id;

/** What others have because of her alone: that something of hers is unread, that they share a room with her. */
const becauseOfHer: Readonly<Record<string, string>> = { event_push_actions: "event_id", users_who_share_private_rooms: "other_user_id" };

describe("everybody else", () => {
  test("has every row they had, byte for byte, in every table", async () => {
    const purged = (before.get("rooms") ?? []).flatMap((row) => ((after.get("rooms") ?? []).includes(row) ? [] : [String((JSON.parse(row) as { room_id: string }).room_id)]));
    const { world, subject } = given;
    // What the homeserver works out from the state of a room is gone with the last of its people in it.
    const { rows: alone } = await given.db.query<{ id: string }>("SELECT room_id AS id FROM rooms r WHERE NOT EXISTS (SELECT FROM local_current_membership l WHERE l.room_id = r.room_id AND l.membership = 'join')");
    const workedOut = (table: string, row: string) => (table === "room_stats_state" && alone.some(({ id }) => row.includes(id))) || (table === "threads" && hers((before.get(table) ?? []).find((old) => sameThread(old, row)) ?? ""));
    const hers = (row: string) => row.includes(subject) || row.includes(`"user_localpart": "${world.people.rosa.name}"`) || [...own].some((id) => row.includes(id)) || purged.some((room) => row.includes(room)) || row.includes(world.keeper.mxid)
      || (before.get("local_media_repository") ?? []).some((media) => media.includes(subject) && row.includes((JSON.parse(media) as { media_id: string }).media_id));
    const wrong: string[] = [];
    for (const [table, rows] of before) {
      if (counters.has(table)) continue;
      for (const row of missingFrom(rows, after.get(table) ?? [])) if (!hers(row) && !workedOut(table, row)) wrong.push(`- ${table} ${row.slice(0, 300)}`);
      for (const row of missingFrom(after.get(table) ?? [], rows)) if (!hers(row) && !workedOut(table, row)) wrong.push(`+ ${table} ${row.slice(0, 300)}`);
    }
    expect(wrong).toEqual([]);
  });

  test("has every row that is keyed by them, even where it names her", () => {
    const others = Object.values(given.world.people).map(({ mxid }) => mxid).filter((mxid) => mxid !== given.subject);
    const keys = ["user_id", "sender", "user_name", "full_user_id", "creator", "ignorer_user_id", "owner_user_id"];
    const wrong: string[] = [];
    for (const [table, rows] of before) {
      if (counters.has(table)) continue;
      for (const row of missingFrom(rows, after.get(table) ?? [])) {
        const value = row.startsWith("{") ? (JSON.parse(row) as Record<string, unknown>) : {};
        // A membership is the person's it is about, whoever sent it.
        const hers = value["user_id"] === given.subject || own.has(String(value[becauseOfHer[table] ?? ""])) || value[becauseOfHer[table] ?? ""] === given.subject;
        if (!hers && keys.some((key) => others.includes(String(value[key])))) wrong.push(`- ${table} ${row.slice(0, 240)}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test("has every file, and every event of theirs reads as before", async () => {
    const now = await mediaFiles();
    const media = (before.get("local_media_repository") ?? []).map((row) => JSON.parse(row) as { media_id: string; user_id: string }).filter(({ user_id: user }) => user === given.subject).map(({ media_id: id }) => `${id.slice(0, 2)}/${id.slice(2, 4)}/${id.slice(4)}`);
    const theirs = [...filesBefore].filter(([name]) => !media.some((id) => name.includes(id)));
    expect(theirs.length).toBeGreaterThan(0);
    expect(theirs.filter(([name, bytes]) => now.get(name) !== bytes)).toEqual([]);
    expect([...now.keys()].filter((name) => media.some((id) => name.includes(id)))).toEqual([]);
    const { ben } = given.world.people;
    await ben.client.sync();
    const { chunk } = await ben.client.messages<{ sender: string; content: { body?: string } }>(given.world.rooms.garden.id);
    expect(chunk.some(({ sender, content }) => sender === ben.mxid && content.body)).toBe(true);
    expect(chunk.filter(({ sender, content }) => sender === given.subject && content.body)).toEqual([]);
  });
});

test("what an independent look by a superuser finds is all on the report", async () => {
  const { residue } = await open.db.erasure.findUniqueOrThrow({ where: { requestId: request.id } });
  const report = new Set((residue as unknown as Residue).entries.map(({ table, column }) => `${table}.${column}`));
  const found = await findTraces(given.db, needlesFor(given.world));
  expect(found.filter(({ table, column }) => !report.has(`${table}.${column}`))).toEqual([]);
  const places = (document: Certificate) => document.residue.places.map(({ table, column }) => `${table}.${column}`);
  const { document } = await open.db.certificate.findUniqueOrThrow({ where: { requestId: request.id } });
  expect(new Set(places((document as unknown as CertificateFile).certificate))).toEqual(report);
  expect(herIp).not.toBe("127.0.0.1");
});

test("K18 S18 an account that a restore brings back is noticed, erased again by the register alone, and only once", async () => {
  const { call } = adminApi(given.synapse.baseUrl, given.world.keeper.accessToken);
  await call("PUT", `/_synapse/admin/v2/users/${seg(given.subject)}`, { deactivated: false, locked: false, password: "elderflower" });
  expect(await portal.ctx.homeserver.account(given.subject)).toMatchObject({ deactivated: false, erased: false });
  await driftCheck(portal.ctx);
  expect(await open.db.erasedAccount.count({ where: { driftAt: { not: null } } })).toBe(1);
  // The portal's database was restored too, to a day before: the file is what is left.
  await open.db.erasedAccount.deleteMany();
  expect(await replayErasures(portal.ctx)).toMatchObject({ registered: 1, already: 0, erased: 1, failed: {} });
  expect(await portal.ctx.homeserver.account(given.subject)).toMatchObject({ deactivated: true, erased: true, locked: true });
  expect(await replayErasures(portal.ctx)).toMatchObject({ registered: 1, already: 1, erased: 0, failed: {} });
}, 120_000);
