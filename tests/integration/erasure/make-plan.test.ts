import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { makePlan } from "#lib/erasure/make-plan.ts";
import { planHash } from "#lib/erasure/plan-hash.ts";
import type { Plan } from "#lib/erasure/plan.ts";
import { GiveUp, RetryLater } from "#lib/errors.ts";
import { openSynapseDb } from "#lib/synapse-db/postgres.ts";
import { SynapseDbUnavailable, SynapseDbUnfit, type SynapseDb } from "#lib/synapse-db/synapse-db.ts";
import { testClock, testNow } from "#tests/fixtures/clock.ts";
import { testPolicy, workerContext } from "#tests/fixtures/context.ts";
import { freshDb } from "#tests/fixtures/db.ts";
import { makePerson, type TestPerson } from "#tests/fixtures/people.ts";
import { emptySynapse } from "#tests/fixtures/empty-synapse.ts";

const ada = "@ada:example.org";
const policy = { ...testPolicy, serverName: "example.org" };
let db: PrismaClient;
let drop: () => Promise<void>;
const synapse = emptySynapse();
let reader: SynapseDb;
let person: TestPerson;
const clock = testClock();

beforeAll(async () => {
  ({ db, drop } = await freshDb());
  reader = openSynapseDb(synapse.reader);
  person = await makePerson(db, { mxid: ada });
  await fill();
}, 120_000);
afterAll(async () => {
  await reader.close();
  await drop();
});
beforeEach(() => clock.set(testNow));

/** Current state as Synapse keeps it: the members and the two events that decide about power. */
async function room(id: string, version: string | null, state: { levels?: unknown; create?: unknown; members: Record<string, string>; name?: string; by?: string }) {
  await synapse.rows.insert("rooms", { room_id: id, creator: ada, room_version: version, is_public: false });
  await synapse.rows.insert("room_stats_state", { room_id: id, name: state.name ?? null });
  const set = async (type: string, stateKey: string, event: { eventId: string }, membership: string | null = null) =>
    synapse.rows.insert("current_state_events", { event_id: event.eventId, room_id: id, type, state_key: stateKey, membership });
  const sent = { sender: state.by ?? ada, roomId: id };
  await set("m.room.create", "", await synapse.rows.event({ ...sent, type: "m.room.create", stateKey: "", content: state.create ?? {} }));
  if (state.levels !== undefined) await set("m.room.power_levels", "", await synapse.rows.event({ ...sent, type: "m.room.power_levels", stateKey: "", content: state.levels }));
  for (const [user, membership] of Object.entries(state.members)) {
    await set("m.room.member", user, await synapse.rows.member({ sender: user, stateKey: user, membership, roomId: id }), membership);
    if (user === ada) await synapse.rows.insert("local_current_membership", { room_id: id, user_id: user, event_id: `$current of ${id}`, membership });
  }
}

const hers = (more: object = {}) => ({ users: { [ada]: 100, "@mod:far.example": 50 }, events: { "m.room.power_levels": 100 }, ...more });

async function fill() {
  const { insert, event, redact } = synapse.rows;
  await insert("users", { name: ada, creation_ts: 1_600_000_000, admin: 0 });
  await insert("users", { name: "@bridge_zoe:example.org", creation_ts: 1, appservice_id: "irc" });
  await insert("users", { name: "@unmet:example.org", creation_ts: 1, appservice_id: "never met" });
  await insert("user_threepid_id_server", { user_id: ada, medium: "email", address: "a@b.example", id_server: "id.example" });
  // Nobody else could: one remote, one bridged member.
  await room("!alone", "11", { levels: hers({ users: { [ada]: 100, "@mod:far.example": 50, "@nul\u0000:x.example": 100, "@half\ud800:x.example": 100 } }), members: { [ada]: "join", "@eve:far.example": "join", "@bridge_zoe:example.org": "join" }, name: "Alone" });
  // Somebody else can, but has left.
  await room("!left-mod", "11", { levels: hers({ users: { [ada]: 100, "@mod:far.example": 100 } }), members: { [ada]: "join", "@mod:far.example": "leave", "@x:third.example:8448": "join" } });
  // Somebody else can.
  await room("!shared", "9", { levels: hers({ users: { [ada]: "100", "@mod:far.example": "100" } }), members: { [ada]: "join", "@mod:far.example": "join" } });
  // Nobody else is there.
  await room("!empty", "org.matrix.msc1", { levels: hers(), members: { [ada]: "join", "@gone:gone.example": "invite" } });
  // A creator of version 12, and what a careless reader of JSON would choke on.
  await room("!v12", "12", { levels: { users: {}, note: "\u0000" }, create: { note: "\u0000 \ud800" }, members: { [ada]: "join", "@eve:far.example": "join" } });
  // Never a member of power, and the others are only invited.
  await room("!guest", "11", { levels: { users: { "@eve:far.example": 100 } }, members: { [ada]: "join", "@eve:far.example": "join" } });
  // A bridge she never met, and a server she never met.
  await room("!elsewhere", "11", { by: "@unmet:example.org", members: { "@unmet:example.org": "join", "@y:unmet.example": "join" } });
  await insert("room_memberships", { event_id: "$inv", user_id: ada, sender: "@host:inviting.example", room_id: "!invited", membership: "invite" });

  const day = 86_400_000;
  const at = (days: number) => testNow.getTime() - days * day;
  const say = { sender: ada, roomId: "!guest" };
  const old = await event({ ...say, eventId: "$old", sentAt: at(40) });
  const edit = await event({ ...say, eventId: "$edit-of-old", sentAt: at(1), content: { body: "*" } });
  await insert("event_relations", { event_id: edit.eventId, relates_to_id: old.eventId, relation_type: "m.replace", aggregation_key: null });
  await event({ ...say, eventId: "$young", sentAt: at(2) });
  await event({ ...say, eventId: "$old-state", type: "m.room.topic", stateKey: "", sentAt: at(40) });
  await event({ ...say, eventId: "$old-secret", type: "m.room.encrypted", sentAt: at(40) });
  await event({ ...say, eventId: "$fetched", streamOrdering: -7, sentAt: at(40) });
  await event({ ...say, eventId: "$rejected", rejected: true, roomId: "!never-in", sentAt: at(2) });
  await redact(await event({ ...say, eventId: "$redacted", sentAt: at(40) }), "@mod:example.org", { roomId: "!guest" });
}

async function made(given: Partial<Parameters<typeof workerContext>[1]> = {}): Promise<{ id: string; plan: Plan; hash: string | null; madeAt: Date | null }> {
  const { id } = await db.erasurePlan.create({ data: { personId: person.personId, askedAt: clock.now() } });
  await makePlan(workerContext(db, { synapseDb: reader, policy, now: clock.now, ...given }), { planId: id });
  const row = await db.erasurePlan.findUniqueOrThrow({ where: { id } });
  return { id, plan: row.body as unknown as Plan, hash: row.hash, madeAt: row.madeAt };
}

test("her rooms, her events, and only hers", async () => {
  const { plan, hash, madeAt } = await made();
  expect(madeAt).toEqual(testNow);
  expect(plan).toMatchObject({ mxid: ada, homeserver: "example.org", madeAt: testNow.toISOString(), accountCreatedAt: 1_600_000_000 });
  expect(plan.rooms.map(({ id, membership }) => [id, membership])).toEqual([
    ["!alone", "join"], ["!empty", "join"], ["!guest", "join"], ["!invited", "invite"], ["!left-mod", "join"], ["!never-in", "leave"], ["!shared", "join"], ["!v12", "join"],
  ]);
  const guest = plan.rooms.find(({ id }) => id === "!guest");
  // What another server gave back is hers; what was redacted is not there to redact.
  expect(guest).toMatchObject({ events: 9, backfilled: 1 });
  expect(plan.events).toMatchObject({ "m.room.message": 5, "m.room.topic": 1, "m.room.encrypted": 1, "m.room.create": 6 });
  // Version 9, an unstable one, and a room whose version nobody knows.
  expect(plan.oldRooms).toBe(3);
  // What went through the database has the hash of what was made.
  expect(planHash(plan)).toBe(hash);
});

test("rooms that would be left to nobody: by power, by presence, by who made them", async () => {
  const { plan } = await made();
  expect(plan.lastAdminOf).toEqual([{ id: "!alone", name: "Alone", joined: 2 }, { id: "!left-mod", name: null, joined: 1 }, { id: "!v12", name: null, joined: 1 }]);
  expect(plan.risks).toEqual(["last_room_admin"]);
});

test("who holds copies: servers that were in her rooms or invited her, bridges in them, identity servers", async () => {
  const { plan } = await made();
  expect(plan.copies).toEqual({ homeservers: ["far.example", "inviting.example", "third.example:8448"], appservices: ["irc"], identityServers: ["id.example"] });
  expect(plan.stays.map(({ code }) => code)).toEqual(expect.arrayContaining(["copies_homeservers", "copies_appservices"]));
});

test("what is too old to redact is told by Synapse's own rule: messages, and edits of old ones", async () => {
  const { plan } = await made({ policy: { ...policy, redactionAllowedMs: 30 * 86_400_000 } });
  // $old, its edit, and $fetched; no state, nothing encrypted.
  expect(plan.tooOldToRedact).toBe(3);
  expect((await made()).plan.tooOldToRedact).toBeNull();
});

test("direct chats are what the apps marked, where they ever did, of rooms she is in", async () => {
  // Two people in it or invited: all but !alone.
  expect((await made()).plan.directChats).toBe(5);
  await synapse.rows.insert("account_data", { user_id: ada, account_data_type: "m.direct", stream_id: 1, content: '{"@eve:far.example":["!alone","!invited","!nowhere"],"@odd":7}' });
  expect((await made()).plan.directChats).toBe(1);
  await synapse.rows.client.query("UPDATE account_data SET content = 'broken'");
  expect((await made()).plan.directChats).toBe(0);
  await synapse.rows.client.query("DELETE FROM account_data");
});

test("of two workers one writes, and nothing is written over", async () => {
  const { id, hash } = await made();
  clock.advance(60_000);
  // What is made is not even read again.
  await makePlan(workerContext(db, { policy, now: clock.now }), { planId: id });
  expect(await db.erasurePlan.findUniqueOrThrow({ where: { id } })).toMatchObject({ hash, madeAt: testNow });

  const { id: raced } = await db.erasurePlan.create({ data: { personId: person.personId, askedAt: clock.now() } });
  const first = testNow;
  // The other worker writes while this one looks.
  const slow: SynapseDb = {
    ...reader,
    snapshot: async (look) => {
      const found = await reader.snapshot(look);
      await db.erasurePlan.update({ where: { id: raced }, data: { madeAt: first, hash: "theirs" } });
      return found;
    },
  };
  await makePlan(workerContext(db, { synapseDb: slow, policy, now: clock.now }), { planId: raced });
  expect(await db.erasurePlan.findUniqueOrThrow({ where: { id: raced } })).toMatchObject({ hash: "theirs", madeAt: first, body: null });
});

test.each([
  ["down", new SynapseDbUnavailable(), new RetryLater("synapse_database_down")],
  ["not to be read", new SynapseDbUnfit("42501"), new GiveUp("synapse_database_refused")],
])("a database that is %s leaves the plan to be made", async (_, error, expected) => {
  const { id } = await db.erasurePlan.create({ data: { personId: person.personId, askedAt: clock.now() } });
  const broken: SynapseDb = { ...reader, snapshot: () => Promise.reject(error) };
  await expect(makePlan(workerContext(db, { synapseDb: broken, policy }), { planId: id })).rejects.toThrow(expected);
  expect((await db.erasurePlan.findUniqueOrThrow({ where: { id } })).madeAt).toBeNull();
});

test("an account the homeserver does not have is no plan; a plan that is gone is nothing to do", async () => {
  const nobody = await makePerson(db, { mxid: "@nobody:example.org" });
  const { id } = await db.erasurePlan.create({ data: { personId: nobody.personId, askedAt: clock.now() } });
  await expect(makePlan(workerContext(db, { synapseDb: reader, policy }), { planId: id })).rejects.toMatchObject({ failure: "account_gone" });
  await db.erasurePlan.delete({ where: { id } });
  await makePlan(workerContext(db, { policy }), { planId: id });
});
