import { beforeEach, describe, expect, it } from "vitest";
import { giveByLink } from "#lib/consent/give-by-link.ts";
import { giveConsent } from "#lib/consent/give-consent.ts";
import { signLink } from "#lib/consent/link.ts";
import { viewConsents } from "#lib/consent/view-consents.ts";
import { withdrawConsent } from "#lib/consent/withdraw-consent.ts";
import type { WebContext } from "#lib/context.ts";
import { testPolicy } from "#tests/fixtures/context.ts";
import { makePerson, type TestPerson } from "#tests/fixtures/people.ts";
import { policiesFolder, shownText } from "#tests/fixtures/policies.ts";
import { openWorld, refusal } from "#tests/integration/requests/world.ts";

const world = openWorld();
const formSecret = "form secret";
let person: TestPerson;
let ctx: WebContext;

beforeEach(async () => {
  world.reset();
  person = await makePerson(world.db);
  ctx = web(person);
});

function web(actor: TestPerson, given: Partial<WebContext> = {}): WebContext {
  return world.web(actor, { formSecret, policy: { ...testPolicy, policies: policiesFolder }, ...given });
}

const rows = (personId = person.personId) => world.db.consentRecord.findMany({ where: { personId }, orderBy: [{ at: "asc" }], include: { told: true } });
const audit = async () => (await world.db.auditRecord.findMany({ where: { actorId: person.personId }, orderBy: { seq: "asc" } })).map(({ event, data }) => ({ event, data }));

describe("giving", () => {
  it("writes the text's version, language and hash, the audit record, and tells the homeserver of its own text", async () => {
    const shown = await shownText("terms", "de");
    const { id } = await giveConsent(ctx, shown);
    expect(await rows()).toMatchObject([{ id, act: "given", via: "portal", policy: "terms", version: "2.0", language: "de", textHash: shown.hash, at: world.clock.now(), told: { state: "waiting" } }]);
    expect(await audit()).toEqual([{ event: "consent_given", data: { consent: id, policy: "terms", version: "2.0", via: "portal" } }]);
    expect(world.queue.of("consent.record")).toEqual([{ queue: "consent.record", data: { consentId: id } }]);
  });

  it("is shown with what the policy is for, in the reader's language, else in English", async () => {
    const facts = async (language: string) => (await viewConsents(ctx, language)).policies[1]?.facts;
    expect(await facts("de")).toMatchObject({ purposes: ["Betrieb eines Chat-Servers für seine Mitglieder"], location: "Eigene Server in Deutschland" });
    expect(await facts("pl")).toMatchObject({ purposes: ["Running a chat server for its members"], recipients: ["Homeservers of the rooms you are in"] });
  });

  it("is one row however often it is clicked", async () => {
    const shown = await shownText();
    const ids = await Promise.all([1, 2, 3, 4].map(() => giveConsent(ctx, shown)));
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1);
    expect(await rows()).toHaveLength(1);
    expect(world.queue.of("consent.record")).toHaveLength(1);
    expect(await audit()).toHaveLength(1);
  });

  it("keeps what is no business of the homeserver's to ourselves", async () => {
    await giveConsent(ctx, await shownText("newsletter"));
    expect(await rows()).toMatchObject([{ policy: "newsletter", told: null }]);
    expect(world.queue.of("consent.record")).toEqual([]);
  });

  it("is our ledger alone where the homeserver has no consent of its own", async () => {
    await giveConsent(web(person, { formSecret: null }), await shownText());
    expect(await rows()).toMatchObject([{ policy: "terms", told: null }]);
    expect(await viewConsents(web(person, { formSecret: null }), "en")).toMatchObject({ homeserverAsks: false, policies: [{}, { policy: "terms", standing: "current", homeserver: null }] });
  });

  it("refuses anything but the text in force, byte for byte", async () => {
    const shown = await shownText();
    const act = (over: object) => refusal(giveConsent(ctx, { ...shown, ...over }));
    expect(await act({ version: "1.0" })).toBe("conflict text_changed");
    expect(await act({ hash: "0".repeat(64) })).toBe("conflict text_changed");
    expect(await act({ language: "de" })).toBe("conflict text_changed");
    expect(await act({ language: "fr" })).toBe("conflict text_changed");
    expect(await act({ version: "../2.0" })).toBe("conflict text_changed");
    expect(await act({ policy: "../policies/terms" })).toBe("not_found policy");
    expect(await act({ policy: null })).toBe("not_found policy");
    expect(await rows()).toEqual([]);
  });
});

describe("withdrawing", () => {
  it("is a row of its own, and the homeserver is told", async () => {
    await giveConsent(ctx, await shownText());
    world.clock.advance(1000);
    const { id } = await withdrawConsent(ctx, { policy: "terms" });
    expect(await rows()).toMatchObject([{ act: "given" }, { id, act: "withdrawn", version: "2.0", told: { state: "waiting" } }]);
    expect((await viewConsents(ctx, "en")).policies[1]).toMatchObject({ standing: "withdrawn", agreed: null, history: [{ act: "withdrawn" }, { act: "given" }] });
    expect((await audit()).map(({ event }) => event)).toEqual(["consent_given", "consent_withdrawn"]);
    world.clock.advance(1000);
    await giveConsent(ctx, await shownText());
    expect((await viewConsents(ctx, "en")).policies[1]).toMatchObject({ standing: "current" });
  });

  it("writes nothing where nothing was agreed to, and once when clicked twice", async () => {
    expect(await withdrawConsent(ctx, { policy: "terms" })).toEqual({ id: null, policy: "terms" });
    await giveConsent(ctx, await shownText());
    world.clock.advance(1000);
    await Promise.all([1, 2, 3].map(() => withdrawConsent(ctx, { policy: "terms" })));
    expect((await rows()).map(({ act }) => act)).toEqual(["given", "withdrawn"]);
    expect(await refusal(withdrawConsent(ctx, { policy: "nothing" }))).toBe("not_found policy");
  });

  it("touches nobody else", async () => {
    const other = await makePerson(world.db);
    await giveConsent(ctx, await shownText());
    await withdrawConsent(web(other), { policy: "terms" });
    expect(await rows(other.personId)).toEqual([]);
    expect((await viewConsents(ctx, "en")).policies[1]).toMatchObject({ standing: "current" });
  });
});

describe("by the homeserver's link", () => {
  const link = (u: string, secret = formSecret) => ({ u, h: signLink(secret, u) });

  it("counts for the localpart and the full Matrix ID, of people we know and of others", async () => {
    const localpart = person.mxid.slice(1, person.mxid.indexOf(":"));
    const shown = await shownText();
    await giveByLink(ctx, { ...shown, ...link(localpart) });
    await giveByLink(ctx, { ...shown, ...link(person.mxid) });
    expect(await rows()).toMatchObject([{ via: "homeserver_link", told: { state: "waiting" } }]);
    await giveByLink(ctx, { ...shown, ...link("newcomer") });
    expect(await world.db.person.findUniqueOrThrow({ where: { mxid: "@newcomer:test.example" }, include: { consents: true } })).toMatchObject({ accountState: null, consents: [{ act: "given" }] });
  });

  it("refuses every wrong link in the same words and writes nothing", async () => {
    const shown = await shownText();
    const before = await world.db.person.count();
    const wrong: readonly { u: unknown; h: unknown }[] = [
      link("someone", "another secret"), { u: "someone", h: signLink(formSecret, "someone else") }, { u: "someone", h: "" }, { u: "", h: signLink(formSecret, "") },
      { u: null, h: null }, { u: ["a"], h: ["b"] }, link("@a:elsewhere.example"), { u: "someone", h: signLink(formSecret, "someone").slice(1) },
    ];
    expect(new Set(await Promise.all(wrong.map((each) => refusal(giveByLink(ctx, { ...shown, ...each })))))).toEqual(new Set(["forbidden consent_link"]));
    expect(await refusal(giveByLink({ ...ctx, formSecret: null }, { ...shown, ...link("someone", "") }))).toBe("forbidden consent_link");
    expect(await world.db.person.count()).toBe(before);
  });
});

it("the ledger is append-only: the database itself refuses a change", async () => {
  const { id } = await giveConsent(ctx, await shownText());
  await expect(world.db.consentRecord.update({ where: { id }, data: { version: "1.0" } })).rejects.toThrow(/append-only/);
  expect(await rows()).toMatchObject([{ version: "2.0" }]);
});
