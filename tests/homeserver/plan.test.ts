import { afterAll, beforeAll, expect, test } from "vitest";
import { planHash } from "#lib/erasure/plan-hash.ts";
import type { Plan } from "#lib/erasure/plan.ts";
import { readMemory } from "#lib/erasure/read-memory.ts";
import { readPlan } from "#lib/erasure/read-plan/read-plan.ts";
import { rosasWorld, herIp, type ErasedWorld } from "./erased-world.ts";

let given: ErasedWorld;
let plan: Plan;
const now = new Date();

beforeAll(async () => {
  given = await rosasWorld("plan");
  plan = await read();
}, 180_000);
afterAll(() => given?.close());

async function read(more: { redactionAllowedMs?: number | null } = {}): Promise<Plan> {
  const found = await given.reader.snapshot((db) => readPlan({ db, subject: given.subject, serverName: "garden.example", now, redactionAllowedMs: null, ...more }));
  if (!found) throw new Error("no plan");
  return found;
}

const count = async (sql: string, values: readonly unknown[] = [given.subject]) => Number((await given.db.query<{ n: string }>(sql, [...values])).rows[0]?.n);

test("names every room she ever had to do with, as the story has it", () => {
  const { rooms } = given.world;
  const byId = new Map(plan.rooms.map((room) => [room.id, room]));
  const stands = Object.fromEntries(Object.entries(rooms).map(([name, { id }]) => [name, byId.get(id)?.membership ?? "never"]));
  expect(stands).toEqual({
    garden: "join", committee: "join", dm: "join", space: "join", secret: "join", left: "leave", forgotten: "leave", invitedTo: "invite",
    declined: "leave", inviting: "join", knocked: "knock", kicked: "leave", banned: "ban", elsewhere: "never",
  });
  expect(plan.rooms).toHaveLength(13);
  expect(byId.get(rooms.committee.id)?.name).toBe(rooms.committee.name);
  expect(byId.get(rooms.left.id)?.version).toBe("9");
  expect(plan.oldRooms).toBe(1);
});

test("counts her events as a plain query does, room by room and type by type", async () => {
  const unredacted = "FROM events WHERE sender = $1 AND event_id NOT IN (SELECT redacts FROM redactions)";
  const { rows } = await given.db.query<{ id: string; n: number }>(`SELECT room_id AS id, count(*)::int AS n ${unredacted} GROUP BY 1`, [given.subject]);
  expect(Object.fromEntries(plan.rooms.filter(({ events }) => events > 0).map(({ id, events }) => [id, events]))).toEqual(Object.fromEntries(rows.map(({ id, n }) => [id, n])));
  const types = await given.db.query<{ type: string; n: number }>(`SELECT type, count(*)::int AS n ${unredacted} GROUP BY 1`, [given.subject]);
  expect(plan.events).toEqual(Object.fromEntries(types.rows.map(({ type, n }) => [type, n])));
  expect(await count("SELECT count(*) AS n FROM events WHERE sender = $1")).toBe(Object.values(plan.events).reduce((sum, n) => sum + n, 0) + 2);
});

test("counts what hangs on the account", async () => {
  const { media, devices, addresses, externalIds, delayedEvents, directChats } = plan;
  expect({ addresses, externalIds, delayedEvents, directChats }).toEqual({ addresses: 1, externalIds: 0, delayedEvents: 1, directChats: 1 });
  expect(devices).toBe(await count("SELECT count(*) AS n FROM devices WHERE user_id = $1 AND hidden = false"));
  expect(devices).toBe(3);
  expect(media.files).toBe(7);
  expect(media.bytes).toBe(await count("SELECT sum(media_length) AS n FROM local_media_repository WHERE user_id = $1"));
  expect(plan.accountCreatedAt).toBe(await count("SELECT creation_ts AS n FROM users WHERE name = $1"));
});

test("says of which rooms nobody else could take care, and that two must agree", () => {
  const { committee, space } = given.world.rooms;
  expect(Object.fromEntries(plan.lastAdminOf.map(({ id, joined }) => [id, joined]))).toEqual({ [committee.id]: 2, [space.id]: 1 });
  expect(plan.risks).toEqual(["last_room_admin"]);
});

test("the administrator's account is a risk of its own; nobody's account is no plan", async () => {
  const of = (mxid: string) => given.reader.snapshot((db) => readPlan({ db, subject: mxid as typeof given.subject, serverName: "garden.example", now, redactionAllowedMs: null }));
  expect((await of(given.world.keeper.mxid))?.risks).toContain("admin");
  expect((await of(given.world.oddities.bridged))?.risks).toContain("appservice");
  expect(await of("@nobody:garden.example")).toBeNull();
});

test("says before anybody decides which messages are too old to redact", async () => {
  expect(plan.tooOldToRedact).toBeNull();
  expect((await read({ redactionAllowedMs: 365 * 86_400_000 })).tooOldToRedact).toBe(0);
  // A moment's grace: every message is older than the future.
  const all = await read({ redactionAllowedMs: -86_400_000 });
  expect(all.tooOldToRedact).toBe(plan.events["m.room.message"]);
  expect(all.stays.map(({ code }) => code)).toContain("too_old");
});

test("the same database gives the same plan and the same hash", async () => {
  expect(planHash(await read())).toBe(planHash(plan));
  expect(plan.rooms.map(({ id }) => id)).toEqual([...plan.rooms.map(({ id }) => id)].sort());
  expect(planHash(plan)).toMatch(/^[0-9a-f]{64}$/);
});

test("what is needed to the end of the erasure is remembered", async () => {
  const { rosa } = given.world.people;
  const memory = await given.reader.snapshot((db) => readMemory(db, given.subject));
  expect(memory).toMatchObject({ mxid: given.subject, mails: [rosa.mail], phones: [], externalIds: [], identityServers: [], suspendedBefore: false });
  expect(memory?.names).toContain(rosa.displayName);
  expect(memory?.avatars).toEqual([given.world.files.avatar]);
  expect(memory?.deviceIds).toContain(rosa.client.deviceId);
  expect(memory?.ips).toEqual(["127.0.0.1", herIp]);
  expect(memory?.mediaIds).toHaveLength(7);
  expect(memory?.rooms.map(({ id }) => id)).toEqual(plan.rooms.map(({ id }) => id));
});
