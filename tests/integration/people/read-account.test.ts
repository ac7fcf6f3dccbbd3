import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { HomeserverRefused } from "#lib/matrix/homeserver.ts";
import { readAccount } from "#lib/people/read-account.ts";
import { SynapseDbUnavailable, type Snapshot, type SynapseDb } from "#lib/synapse-db/synapse-db.ts";
import { fakeHomeserver, unavailable, type FakeHomeserver } from "#tests/fakes/homeserver.ts";
import { testClock, testNow } from "#tests/fixtures/clock.ts";
import { workerContext } from "#tests/fixtures/context.ts";
import { freshDb } from "#tests/fixtures/db.ts";
import { makePerson, type TestPerson } from "#tests/fixtures/people.ts";

let db: PrismaClient;
let drop: () => Promise<void>;
let homeserver: FakeHomeserver;
let person: TestPerson;
let looks: number;
const clock = testClock();

beforeAll(async () => {
  ({ db, drop } = await freshDb());
});
afterAll(() => drop());
beforeEach(async () => {
  homeserver = fakeHomeserver();
  looks = 0;
  person = await makePerson(db, { accountState: null, accountReadAt: null });
  await db.session.update({ where: { id: person.sessionId }, data: { checkedAt: null } });
});

/** A Synapse without a row. */
const empty = { takenAt: testNow, async *rows() {}, all: () => Promise.resolve([]), async *copy() {}, has: () => Promise.resolve(false) } as unknown as Snapshot;
const synapseDb: SynapseDb = {
  snapshot: (look) => {
    looks += 1;
    return look(empty);
  },
  close: () => Promise.resolve(),
};
const downDb: SynapseDb = { ...synapseDb, snapshot: () => Promise.reject(new SynapseDbUnavailable()) };

const read = (given: { synapseDb?: SynapseDb } = {}) => readAccount(workerContext(db, { homeserver, synapseDb, now: clock.now, ...given }), { sessionId: person.sessionId });
const found = async () => {
  const { person: row, checkedAt } = await db.session.findUniqueOrThrow({ where: { id: person.sessionId }, include: { person: true } });
  return { state: row.accountState, hasMail: row.hasMail, readAt: row.accountReadAt, counted: row.countsReadAt !== null, checked: checkedAt !== null };
};

it.each([
  ["active", {}, true],
  ["suspended", { suspended: true }, true],
  ["locked", { locked: true }, false],
  ["deactivated", { deactivated: true }, false],
  ["guest", { guest: true }, false],
  ["appservice", { appserviceId: "irc" }, false],
] as const)("lets the session in as %s", async (state, account, counted) => {
  homeserver.addAccount(person.mxid, { ...account, mails: ["ada@example.org"] });
  await read();
  expect(await found()).toEqual({ state, hasMail: true, readAt: clock.now(), counted, checked: true });
});

it("says that the homeserver knows no such account", async () => {
  await read();
  expect(await found()).toMatchObject({ state: "unknown", hasMail: false, checked: true });
});

it("keeps no address", async () => {
  homeserver.addAccount(person.mxid, { mails: ["canary@example.org"], displayName: "Canary" });
  await read();
  const rows = await db.person.findMany({ include: { sessions: true } });
  expect(JSON.stringify(rows)).not.toMatch(/canary/i);
});

it.each([
  ["is down", unavailable(30), { failure: "homeserver_down", afterSeconds: 30 }],
  ["has revoked our token", new HomeserverRefused(401, "M_UNKNOWN_TOKEN"), { failure: "homeserver_refused" }],
])("keeps the session waiting while the homeserver %s", async (_what, error, retry) => {
  homeserver.addAccount(person.mxid);
  homeserver.down(error);
  await expect(read()).rejects.toMatchObject({ name: "RetryLater", ...retry });
  expect(await found()).toMatchObject({ state: null, checked: false });
  homeserver.down(null);
  await read();
  expect(await found()).toMatchObject({ state: "active", checked: true });
});

it("lets the session in before the counts, and counts later when Synapse's database is down", async () => {
  homeserver.addAccount(person.mxid);
  await expect(read({ synapseDb: downDb })).rejects.toMatchObject({ name: "RetryLater", failure: "synapse_database_down" });
  expect(await found()).toMatchObject({ state: "active", checked: true, counted: false });
  await read();
  expect(await found()).toMatchObject({ counted: true });
});

it("does not count again for every sign-in, but does after a while", async () => {
  homeserver.addAccount(person.mxid);
  await read();
  await read();
  expect(looks).toBe(1);
  clock.advance(11 * 60_000);
  await read();
  expect(looks).toBe(2);
});

it("does nothing for a session that is gone or signed out", async () => {
  await db.session.update({ where: { id: person.sessionId }, data: { revokedAt: clock.now() } });
  await read();
  await db.session.delete({ where: { id: person.sessionId } });
  await read();
  expect(homeserver.calls).toEqual([]);
});

it("keeps what the homeserver says of its terms, and forgets what it no longer says", async () => {
  const terms = async () => {
    await read();
    const { homeserverConsentVersion: version, homeserverConsentAt: at, homeserverConsentReadAt: readAt } = await db.person.findUniqueOrThrow({ where: { id: person.personId } });
    return { version, at, readAt };
  };
  homeserver.addAccount(person.mxid, { consentVersion: "1.0", consentAt: new Date("2026-01-05T10:00:00Z") });
  expect(await terms()).toEqual({ version: "1.0", at: new Date("2026-01-05T10:00:00Z"), readAt: clock.now() });
  homeserver.addAccount(person.mxid);
  expect(await terms()).toEqual({ version: null, at: null, readAt: clock.now() });
});
