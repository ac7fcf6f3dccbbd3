import { describe, expect, it } from "vitest";
import { policyFile } from "#lib/consent/policy-file.ts";
import { receiptOf, type Receipted } from "#lib/consent/receipt.ts";
import { testPolicy } from "#tests/fixtures/context.ts";

const entry = (basis: "consent" | "contract") => policyFile.parse({
  versions: ["1.0", "2.0"], current: "2.0", basis, purposes: [{ en: "Sending news", de: "Neuigkeiten senden" }], personalData: [{ en: "Matrix ID" }, { en: "Language" }],
  storage: { location: { en: "Germany" }, duration: { en: "until withdrawn" } }, recipients: [],
});
const record: Receipted = { id: "3f0c9c1e-5d3b-4b6a-9a51-1de0a5a4a001", personId: "0192f0c0-0000-7000-8000-000000000001", act: "given", renewed: false, policy: "newsletter", version: "2.0", language: "de", textHash: "ab".repeat(32), at: new Date("2026-11-21T09:00:00Z") };
const receipt = (given: Partial<Receipted> = {}, basis: "consent" | "contract" = "consent") => receiptOf({ ...record, ...given }, entry(basis), testPolicy, "de");
interface Nested { readonly [key: string]: Nested & string & Nested[] }
const activity = (document: ReturnType<typeof receipt>) => (document as unknown as Nested)["dpv:hasRecordOfActivity"]?.[0] as unknown as Nested;

describe("a consent receipt (ISO/IEC TS 27560 in the DPV profile)", () => {
  it("has every mandatory field of the receipt", () => {
    expect(receipt()).toMatchObject({
      "@type": "dpv:ConsentReceipt",
      "dct:conformsTo": "https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr",
      "dpv:hasIdentifier": record.id,
      "dct:created": "2026-11-21T09:00:00.000Z",
      "dpv:hasRecordOfActivity": [{ "@type": "dpv:ConsentRecord", "dct:conformsTo": "https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr", "dct:identifier": record.id, "dpv:hasIdentifier": record.id }],
    });
  });

  it("has every mandatory field of header, notice, process, entity and event", () => {
    const about = activity(receipt());
    for (const key of ["@type", "dct:conformsTo", "dct:identifier", "dpv:hasIdentifier", "dpv:hasDataSubject", "dpv:hasNotice", "dpv:hasProcess", "dpv:hasLegalBasis", "dpv:hasConsentStatus"]) expect(about, key).toHaveProperty([key]);
    for (const key of ["@type", "dct:date", "dct:language", "dct:coverage", "dct:hasVersion", "dpv:hasHash"]) expect(about["dpv:hasNotice"], key).toHaveProperty([key]);
    for (const key of ["dpv:hasPurpose", "dpv:hasPersonalData", "dpv:hasStorageCondition", "dpv:hasDataController", "dpv:hasRecipient", "dpv:hasConsentControl", "dpv:hasJurisdiction", "dpv:hasRight"]) expect(about["dpv:hasProcess"], key).toHaveProperty([key]);
    for (const key of ["dpv:hasName", "dpv:hasIdentifier", "@type", "schema:contactPoint"]) expect((about["dpv:hasProcess"] as Nested | undefined)?.["dpv:hasDataController"], key).toHaveProperty([key]);
    for (const key of ["@type", "dpv:isIndicatedAtTime", "dpv:hasDuration", "dpv:isIndicatedBy"]) expect(about["dpv:hasConsentStatus"], key).toHaveProperty([key]);
    expect(about["dpv:hasLegalBasis"]).toEqual({ "@id": "eu-gdpr:A6-1-a" });
    expect((about["dpv:hasProcess"] as Nested | undefined)?.["dpv:hasConsentControl"]).toMatchObject({ "@type": "dpv:WithdrawConsent", "dpv:isExercisedAt": "https://privacy.test.example/consents/newsletter" });
  });

  it("says what was done: given, given again, taken back, refused", () => {
    const status = (given: Partial<Receipted>) => (activity(receipt(given))["dpv:hasConsentStatus"] as Nested | undefined)?.["@type"];
    expect([status({}), status({ renewed: true }), status({ act: "withdrawn" }), status({ act: "objected" })]).toEqual(["dpv:ConsentGiven", "dpv:RenewedConsentGiven", "dpv:ConsentWithdrawn", "dpv:ConsentRefused"]);
  });

  it("speaks the language of the text, and names the person by a pseudonym only", () => {
    const text = JSON.stringify(receipt());
    expect(text).toContain("Neuigkeiten senden");
    expect(text).not.toContain("@person");
    expect(text).toContain(record.personId);
  });

  it("claims no consent where there is a contract", () => {
    const text = JSON.stringify(receipt({}, "contract"));
    expect(text).not.toMatch(/Consent(Receipt|Record|Given|Status|Notice)|WithdrawConsent|27560|A6-1-a/);
    expect(receipt({}, "contract")).toMatchObject({ "@type": "dpv:NoticeReceipt", "dpv:hasRecordOfActivity": [{ "dpv:hasLegalBasis": { "@id": "eu-gdpr:A6-1-b" } }] });
  });

  it("repeats no key in one object, read by a parser that keeps them", () => {
    const text = JSON.stringify(receipt());
    // JSON.stringify cannot repeat a key; what the profile repeats are arrays here.
    expect(Array.isArray((activity(receipt())["dpv:hasProcess"] as Nested | undefined)?.["dpv:hasPersonalData"])).toBe(true);
    expect(JSON.stringify(JSON.parse(text))).toBe(text);
  });
});
