import { beforeEach, describe, expect, it } from "vitest";
import { publishPolicy } from "#lib/consent/publish.ts";
import { tellPublication } from "#lib/consent/tell-publication.ts";
import type { WorkerContext } from "#lib/context.ts";
import { HomeserverRefused } from "#lib/matrix/homeserver.ts";
import { fakeHomeserver, unavailable, type FakeHomeserver } from "#tests/fakes/homeserver.ts";
import { testPolicy } from "#tests/fixtures/context.ts";
import { makePerson, type TestPerson } from "#tests/fixtures/people.ts";
import { policiesFolder } from "#tests/fixtures/policies.ts";
import { openWorld } from "#tests/integration/requests/world.ts";

const world = openWorld();
let person: TestPerson;
let homeserver: FakeHomeserver;
let worker: WorkerContext;

beforeEach(async () => {
  world.reset();
  await world.db.policyPublication.deleteMany();
  person = await makePerson(world.db);
  homeserver = fakeHomeserver();
  homeserver.addAccount(person.mxid);
  worker = world.worker({ policy: { ...testPolicy, policies: policiesFolder }, homeserver });
});

describe("publishing a version", () => {
  const publish = (version = "2.0", notify = true) => publishPolicy(worker, { policy: "terms", version, notify });

  it("tells every account that can read it, in its language, each once", async () => {
    await world.db.person.update({ where: { id: person.personId }, data: { locale: "de" } });
    for (let n = 0; n < 7; n += 1) homeserver.addAccount(`@member${n}:test.example`, { createdAt: new Date(n) });
    homeserver.addAccount("@gone:test.example", { deactivated: true });
    homeserver.addAccount("@guest:test.example", { guest: true });
    const published = await publish();
    if (published.is !== "published") return expect.unreachable();
    expect(world.queue.of("policy.tell")).toEqual([{ queue: "policy.tell", data: { publicationId: published.publicationId } }]);
    await tellPublication(worker, published);
    expect(homeserver.notices.map(({ mxid }) => mxid).sort()).toEqual([...Array.from({ length: 7 }, (_, n) => `@member${n}:test.example`), person.mxid].sort());
    expect(homeserver.notices.find(({ mxid }) => mxid === person.mxid)?.text).toContain("Nutzungsbedingungen");
    expect(homeserver.notices.find(({ mxid }) => mxid !== person.mxid)?.text).toContain("Terms of use");
    const row = await world.db.policyPublication.findUniqueOrThrow({ where: { id: published.publicationId } });
    expect(row).toMatchObject({ told: 8, cursor: null, doneAt: world.clock.now() });
    await tellPublication(worker, published);
    expect(homeserver.notices).toHaveLength(8);
    expect((await world.db.auditRecord.findMany({ where: { event: { in: ["policy_published", "policy_told"] } } })).map(({ event, data }) => [event, data])).toEqual([
      ["policy_published", { policy: "terms", version: "2.0", notify: true }], ["policy_told", { policy: "terms", version: "2.0", told: 8 }],
    ]);
    expect(await publish()).toMatchObject({ is: "published", before: true, notifies: false });
  });

  it("goes on where it was, and reaches nobody twice", async () => {
    for (let n = 0; n < 6; n += 1) homeserver.addAccount(`@member${n}:test.example`, { createdAt: new Date(n) });
    const published = await publish("2.0");
    if (published.is !== "published") return expect.unreachable();
    // The first page and one of the second are told, then the homeserver is gone.
    const sends = homeserver.sendNotice.bind(homeserver);
    let left = 4;
    const dying = { ...homeserver, sendNotice: ((...args: Parameters<typeof sends>) => (left-- > 0 ? sends(...args) : Promise.reject(unavailable()))) };
    await expect(tellPublication({ ...worker, homeserver: dying }, published)).rejects.toMatchObject({ name: "RetryLater" });
    expect(await world.db.policyPublication.findUnique({ where: { id: published.publicationId } })).toMatchObject({ cursor: "3", told: 3, doneAt: null });
    await tellPublication(worker, published);
    expect(new Set(homeserver.notices.map(({ mxid }) => mxid)).size).toBe(7);
    expect(homeserver.notices).toHaveLength(7);
  });

  it("passes over an account that takes no notice", async () => {
    homeserver.addAccount("@other:test.example");
    homeserver.fault({ on: "sendNotice", error: new HomeserverRefused(404, "M_NOT_FOUND") });
    const published = await publish();
    if (published.is !== "published") return expect.unreachable();
    await tellPublication(worker, published);
    expect(homeserver.notices).toHaveLength(1);
    expect(world.log.lines.map(({ event }) => event)).toContain("policy_notice_refused");
  });

  it("without --notify is noted and tells nobody; later it may", async () => {
    expect(await publish("2.0", false)).toMatchObject({ before: false, notifies: false });
    expect(world.queue.jobs).toEqual([]);
    expect(await publish("2.0", true)).toMatchObject({ before: true, notifies: true });
    expect(world.queue.of("policy.tell")).toHaveLength(1);
  });

  it("knows only the version in force", async () => {
    expect(await publish("1.0")).toEqual({ is: "not_current" });
    expect(await publish("3.0")).toEqual({ is: "unknown" });
    expect(await publishPolicy(worker, { policy: "../terms", version: "2.0", notify: true })).toEqual({ is: "unknown" });
    expect(await world.db.policyPublication.count()).toBe(0);
  });

  it("waits when the text is gone", async () => {
    const published = await publish();
    if (published.is !== "published") return expect.unreachable();
    await expect(tellPublication({ ...worker, policy: testPolicy }, published)).rejects.toMatchObject({ name: "RetryLater", failure: "policy_gone" });
  });
});
