import { readFileSync } from "node:fs";
import { extractText, getDocumentProxy } from "unpdf";
import { beforeEach, describe, expect, it } from "vitest";
import { giveConsent } from "#lib/consent/give-consent.ts";
import { openReceipt } from "#lib/consent/open-receipt.ts";
import { printReceipt } from "#lib/consent/print-receipt.ts";
import { viewConsent } from "#lib/consent/view-consent.ts";
import { withdrawConsent } from "#lib/consent/withdraw-consent.ts";
import type { WebContext } from "#lib/context.ts";
import { readPortalRecords } from "#lib/kinds/portal-records.ts";
import { renderPdf } from "#lib/pdf/render-to-buffer.ts";
import { testPolicy } from "#tests/fixtures/context.ts";
import { makePerson, type TestPerson } from "#tests/fixtures/people.ts";
import { policiesFolder, shownText } from "#tests/fixtures/policies.ts";
import { openWorld, refusal } from "#tests/integration/requests/world.ts";

const world = openWorld();
let person: TestPerson;
let ctx: WebContext;
beforeEach(async () => {
  world.reset();
  person = await makePerson(world.db);
  ctx = world.web(person, { formSecret: "form secret", policy: { ...testPolicy, policies: policiesFolder } });
});

describe("a receipt", () => {
  it("is written with the record, one for giving and one for taking back, and can be read by nobody else", async () => {
    const { id } = await giveConsent(ctx, await shownText("newsletter", "de"));
    const { id: back } = await withdrawConsent(ctx, { policy: "newsletter" });
    const given = await openReceipt(ctx, id);
    expect(given.document).toMatchObject({ "@type": "dpv:ConsentReceipt", "dpv:hasIdentifier": id, "dpv:hasRecordOfActivity": [{ "dpv:hasConsentStatus": { "@type": "dpv:ConsentGiven" }, "dpv:hasNotice": { "dct:language": "de" } }] });
    expect((await openReceipt(ctx, back)).document).toMatchObject({ "dpv:hasRecordOfActivity": [{ "dpv:hasConsentStatus": { "@type": "dpv:ConsentWithdrawn" } }] });
    expect(world.queue.of("consent.receipt").map(({ data }) => data)).toEqual([{ consentId: id }, { consentId: back }]);
    const other = world.web(await makePerson(world.db));
    for (const asked of [id, "nonsense", crypto.randomUUID(), ["x"]]) expect(await refusal(openReceipt(other, asked))).toBe("not_found request");
  });

  it("is printed once, in the person's language", async () => {
    await world.db.person.update({ where: { id: person.personId }, data: { locale: "en" } });
    const { id } = await giveConsent(ctx, await shownText("newsletter", "en"));
    const worker = world.worker({ renderPdf });
    await Promise.all([printReceipt(worker, { consentId: id }), printReceipt(worker, { consentId: id })]);
    const { pdf } = await openReceipt(ctx, id);
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf ?? [])), { mergePages: true });
    const said = text.replace(/\s+/g, " ");
    for (const part of ["Consent receipt", "version 1.0", testPolicy.controller.name, testPolicy.authority.name]) expect(said).toContain(part);
    expect(text.replace(/\s+/g, "")).toContain(id.replace(/\s+/g, ""));
    expect(said).not.toContain(person.mxid);
  });

  it("stays as it was, and goes with a copy of the person's data", async () => {
    const { id } = await giveConsent(ctx, await shownText("newsletter", "en"));
    const consent = (await readPortalRecords(world.db, person.mxid)).find(({ record }) => record === "consent");
    expect(consent?.more["receipt"]).toMatchObject({ "dpv:hasIdentifier": id });
  });
});

describe("what a newer text changed", () => {
  it("is shown to who agreed to an earlier one, in one language", async () => {
    await world.db.consentRecord.create({ data: { id: crypto.randomUUID(), personId: person.personId, act: "given", via: "portal", policy: "terms", version: "1.0", language: "en", at: world.clock.now() } });
    const { standing, changes } = await viewConsent(ctx, "terms", "de");
    expect(standing).toBe("older");
    expect(changes?.from).toBe("1.0");
    const [older, newer] = ["1.0", "2.0"].map((version) => readFileSync(`${policiesFolder}/terms/${version}/de.md`, "utf8").replace(/\s+/g, ""));
    const side = (without: string) => changes?.blocks.flatMap(({ parts }) => parts.filter(({ is }) => is !== without).map(({ text }) => text)).join("").replace(/\s+/g, "");
    expect([side("added"), side("removed")]).toEqual([older, newer]);
  });

  it("is nothing to who agreed to this one, or to none", async () => {
    expect((await viewConsent(ctx, "terms", "en")).changes).toBeNull();
    await giveConsent(ctx, await shownText("terms", "en"));
    expect((await viewConsent(ctx, "terms", "en")).changes).toBeNull();
    expect(await refusal(viewConsent(ctx, "../terms", "en"))).toBe("not_found policy");
  });
});
