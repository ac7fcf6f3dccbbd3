import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { compareAccount, compareConsents } from "#lib/consent/compare.ts";
import { giveByLink } from "#lib/consent/give-by-link.ts";
import { giveConsent } from "#lib/consent/give-consent.ts";
import { signLink } from "#lib/consent/link.ts";
import { listDifferences } from "#lib/consent/list-differences.ts";
import { noteSignal } from "#lib/consent/note-signal.ts";
import { recordBack } from "#lib/consent/record-back.ts";
import { viewByLink } from "#lib/consent/view-by-link.ts";
import { viewConsents } from "#lib/consent/view-consents.ts";
import { withdrawConsent } from "#lib/consent/withdraw-consent.ts";
import type { WebContext, WorkerContext } from "#lib/context.ts";
import { HomeserverRefused } from "#lib/matrix/homeserver.ts";
import { SynapseDbUnavailable, type Snapshot, type SynapseDb } from "#lib/synapse-db/synapse-db.ts";
import { fakeFormSecret as formSecret, fakeHomeserver, unavailable, type FakeHomeserver } from "#tests/fakes/homeserver.ts";
import { testPolicy } from "#tests/fixtures/context.ts";
import { makePerson, type TestPerson } from "#tests/fixtures/people.ts";
import { policiesFolder, shownText } from "#tests/fixtures/policies.ts";
import { openWorld, refusal } from "#tests/integration/requests/world.ts";

const world = openWorld();
const policy = { ...testPolicy, policies: policiesFolder };
let person: TestPerson;
let web: WebContext;
let homeserver: FakeHomeserver;
let worker: WorkerContext;

beforeEach(async () => {
  world.reset();
  await world.db.person.deleteMany();
  person = await makePerson(world.db);
  homeserver = fakeHomeserver();
  homeserver.addAccount(person.mxid);
  web = world.web(person, { formSecret, policy });
  worker = world.worker({ formSecret, policy, homeserver, synapseDb: usersOf() });
});

/** Synapse's table `users`, as the twin's accounts stand. */
function usersOf(): SynapseDb {
  const db = {
    async *rows() {
      for (const { mxid, consentVersion, consentAt } of homeserver.accounts.values()) yield { name: mxid, version: consentVersion, ts: consentAt && String(consentAt.getTime()) };
    },
  } as unknown as Snapshot;
  return { snapshot: (look) => look(db), close: () => Promise.resolve() };
}

const told = async (consentId: string) => await world.db.consentTold.findUnique({ where: { consentId } });
const ledger = async () => (await world.db.consentRecord.findMany({ where: { personId: person.personId }, orderBy: { at: "asc" } })).map(({ act, via, version }) => [act, via, version]);
const there = () => homeserver.accounts.get(person.mxid)?.consentVersion;
const events = async (id: string) => (await world.db.auditRecord.findMany({ where: { data: { path: ["consent"], equals: id } }, orderBy: { seq: "asc" } })).map(({ event }) => event);
const setThere = (consentVersion: string | null, consentAt: Date | null) => homeserver.addAccount(person.mxid, { consentVersion, consentAt });
const later = (ms: number) => new Date(world.clock.now().getTime() + ms);

describe("telling the homeserver", () => {
  it("records what it reads back", async () => {
    const { id } = await giveConsent(web, await shownText());
    await recordBack(worker, { consentId: id });
    expect(await told(id)).toMatchObject({ state: "recorded", tries: 1, recordedAt: world.clock.now(), failure: null });
    expect(there()).toBe("2.0");
    expect(await events(id)).toEqual(["consent_given", "consent_recorded"]);
    expect(await world.db.person.findUnique({ where: { id: person.personId } })).toMatchObject({ homeserverConsentVersion: "2.0" });
    const [, terms] = (await viewConsents(web, "en")).policies;
    expect(terms).toMatchObject({ homeserver: { version: "2.0", agrees: true }, history: [{ told: { state: "recorded" } }] });
  });

  it("tells a withdrawal as a version that no text has", async () => {
    await recordBack(worker, { consentId: (await giveConsent(web, await shownText())).id });
    const { id } = await withdrawConsent(web, { policy: "terms" });
    await recordBack(worker, { consentId: id ?? "" });
    expect(there()).toBe("withdrawn");
    expect(await told(id ?? "")).toMatchObject({ state: "recorded" });
  });

  it.each([
    ["before it is told", { on: "account", error: unavailable(30) }, "homeserver_down"],
    ["while it is told", { on: "acceptTerms", error: unavailable(30) }, "homeserver_down"],
    ["after it was told", { on: "acceptTerms", error: unavailable(30), after: true }, "homeserver_down"],
    ["and refuses our token", { on: "account", error: new HomeserverRefused(401, "M_UNKNOWN_TOKEN") }, "homeserver_refused"],
  ] as const)("waits when the homeserver goes away %s, and then records once", async (_what, fault, failure) => {
    const { id } = await giveConsent(web, await shownText());
    homeserver.fault(fault);
    await expect(recordBack(worker, { consentId: id })).rejects.toMatchObject({ name: "RetryLater", failure });
    expect(await told(id)).toMatchObject({ state: "waiting", tries: 1 });
    await recordBack(worker, { consentId: id });
    expect(await told(id)).toMatchObject({ state: "recorded", tries: 2 });
    // Told already and only the answer was lost: the date it keeps is not moved.
    expect(homeserver.calls.filter((call) => call === "acceptTerms")).toHaveLength("on" in fault && fault.on === "acceptTerms" && !("after" in fault) ? 2 : 1);
  });

  it.each([
    ["takes it and says something else", "consent_unread", () => (worker = { ...worker, homeserver: { ...homeserver, acceptTerms: () => Promise.resolve() } })],
    ["refuses the form", "consent_refused", () => (worker = { ...worker, formSecret: "another" })],
    ["has no such account", "account_gone", () => homeserver.removeAccount(person.mxid)],
  ])("is a failure the officer sees when the homeserver %s", async (_what, failure, arrange) => {
    const { id } = await giveConsent(web, await shownText());
    arrange();
    await recordBack(worker, { consentId: id });
    expect(await told(id)).toMatchObject({ state: "failed", failure });
    expect(await events(id)).toEqual(["consent_given", "consent_differs"]);
    const officer = world.web(await makePerson(world.db, { operator: true }), { formSecret, policy });
    expect(await listDifferences(officer)).toMatchObject({ total: 1, rows: [{ mxid: person.mxid, act: "given", version: "2.0", failure }] });
    // Agreeing once more tells it once more, without a second row.
    world.queue.clear();
    await giveConsent(web, await shownText());
    expect(await told(id)).toMatchObject({ state: "waiting", failure: null });
    expect(world.queue.of("consent.record")).toHaveLength(1);
    expect(await ledger()).toHaveLength(1);
  });

  it("tells only the last word", async () => {
    const { id } = await giveConsent(web, await shownText());
    const { id: after } = await withdrawConsent(web, { policy: "terms" });
    await recordBack(worker, { consentId: after ?? "" });
    await recordBack(worker, { consentId: id });
    expect(there()).toBe("withdrawn");
    expect(await told(id)).toBeNull();
    await recordBack(worker, { consentId: randomUUID() });
  });

  it("two workers at once record it once", async () => {
    const { id } = await giveConsent(web, await shownText());
    await Promise.all([recordBack(worker, { consentId: id }), recordBack(worker, { consentId: id })]);
    expect(await events(id)).toEqual(["consent_given", "consent_recorded"]);
  });

  it("by its link it is told again although we believe it knows: it has just blocked somebody", async () => {
    const link = { u: person.mxid, h: signLink(formSecret, person.mxid) };
    expect(await viewByLink(web, link, "de")).toMatchObject({ state: { is: "ask" }, before: null, text: { language: "de", version: "2.0" } });
    const { id } = await giveByLink(web, { ...(await shownText()), ...link });
    expect(await viewByLink(web, link, "en")).toMatchObject({ state: { is: "waiting" } });
    await recordBack(worker, { consentId: id });
    expect(await viewByLink(web, link, "en")).toMatchObject({ state: { is: "done" } });
    setThere(null, null);
    await giveByLink(web, { ...(await shownText()), ...link });
    await recordBack(worker, { consentId: id });
    expect(there()).toBe("2.0");
    expect(await ledger()).toHaveLength(1);
    await withdrawConsent(web, { policy: "terms" });
    expect(await viewByLink(web, link, "en")).toMatchObject({ state: { is: "ask" }, before: "withdrawn" });
    expect(await viewByLink(web, { ...link, h: link.h.replace(/^./, (digit) => (digit === "0" ? "1" : "0")) }, "en")).toBeNull();
  });
});

describe("comparing", () => {
  it("brings what was agreed to at the homeserver into the ledger, once", async () => {
    setThere("1.0", new Date("2026-01-05T10:00:00Z"));
    await compareConsents(worker);
    await compareConsents(worker);
    expect(await ledger()).toEqual([["given", "homeserver", "1.0"]]);
    expect(await world.db.consentRecord.findFirst({ where: { personId: person.personId } })).toMatchObject({ at: new Date("2026-01-05T10:00:00Z"), language: null, textHash: null });
    expect((await viewConsents(web, "en")).policies[1]).toMatchObject({ standing: "older", agreed: { version: "1.0", via: "homeserver" } });
  });

  it("sees a change by the homeserver's own page", async () => {
    await recordBack(worker, { consentId: (await giveConsent(web, await shownText())).id });
    await recordBack(worker, { consentId: (await withdrawConsent(web, { policy: "terms" })).id ?? "" });
    world.clock.advance(60_000);
    setThere("2.0", later(-1000));
    await compareConsents(worker);
    expect(await ledger()).toEqual([["given", "portal", "2.0"], ["withdrawn", "portal", "2.0"], ["given", "homeserver", "2.0"]]);
  });

  it("after sign-in does the same with what was read", async () => {
    const readAt = world.clock.now();
    await world.db.person.update({ where: { id: person.personId }, data: { homeserverConsentVersion: "1.0", homeserverConsentAt: later(-5000), homeserverConsentReadAt: readAt } });
    await compareAccount(worker, { sessionId: person.sessionId });
    expect(await ledger()).toEqual([["given", "homeserver", "1.0"]]);
    await compareAccount(worker, { sessionId: randomUUID() });
  });

  it("writes down a contradiction once and shows it as long as it stands", async () => {
    const { id } = await giveConsent(web, await shownText());
    await recordBack(worker, { consentId: id });
    setThere(null, null);
    await compareConsents(worker);
    await compareConsents(worker);
    expect(await events(id)).toEqual(["consent_given", "consent_recorded", "consent_differs"]);
    const officer = world.web(await makePerson(world.db, { role: "auditor" }), { formSecret, policy });
    expect(await listDifferences(officer)).toMatchObject({ homeserverAsks: true, total: 1, rows: [{ mxid: person.mxid, seen: null, failure: null }] });
    expect(await refusal(listDifferences(web))).toBe("not_found request");
    setThere("2.0", later(0));
    await compareConsents(worker);
    expect(await listDifferences(officer)).toMatchObject({ total: 0 });
  });

  it("leaves alone what is being told, and everything where the homeserver has no consent", async () => {
    setThere("1.0", later(50_000));
    await giveConsent(web, await shownText());
    await compareConsents(worker);
    expect(await ledger()).toEqual([["given", "portal", "2.0"]]);
    await compareConsents({ ...worker, formSecret: null, synapseDb: { snapshot: () => Promise.reject(new Error("not asked")), close: () => Promise.resolve() } });
    expect(await listDifferences(world.web(await makePerson(world.db, { operator: true }), { policy }))).toEqual({ homeserverAsks: false, problem: null, total: 0, rows: [] });
  });

  it("waits for Synapse's database", async () => {
    const synapseDb = { snapshot: () => Promise.reject(new SynapseDbUnavailable()), close: () => Promise.resolve() };
    await expect(compareConsents({ ...worker, synapseDb })).rejects.toMatchObject({ name: "RetryLater", failure: "synapse_database_down" });
  });

  it("keeps the desk open when a text is broken, and says which", async () => {
    const officer = world.web(await makePerson(world.db, { operator: true }), { formSecret, policy: { ...policy, policies: "/nowhere" } });
    expect(await listDifferences(officer)).toMatchObject({ total: 0, problem: "POLICIES cannot be read" });
  });
});

describe("Sec-GPC", () => {
  const objections = async () => (await world.db.consentRecord.findMany({ where: { personId: person.personId, act: "objected" } })).map(({ policy: name, version }) => [name, version]);

  it("is noted once, and again when what is optional has changed", async () => {
    for (const header of [null, "0", "true", "11"]) await noteSignal(web, header);
    expect(await objections()).toEqual([]);
    await Promise.all(Array.from({ length: 12 }, () => noteSignal(web, "1")));
    await noteSignal(web, "1");
    await noteSignal(web, null);
    await noteSignal(web, "1");
    expect(await objections()).toEqual([["sec-gpc", "newsletter 1.0"]]);
    await noteSignal({ ...web, policy: testPolicy }, "1");
    expect(await objections()).toEqual([["sec-gpc", "newsletter 1.0"], ["sec-gpc", "none"]]);
    expect((await viewConsents(web, "en")).objectedAt).not.toBeNull();
    expect(world.queue.jobs).toEqual([]);
  });

  it("breaks nobody's page over a text that cannot be read", async () => {
    await noteSignal({ ...web, policy: { ...policy, policies: "/nowhere" } }, "1");
    expect(await objections()).toEqual([["sec-gpc", "none"]]);
  });
});
