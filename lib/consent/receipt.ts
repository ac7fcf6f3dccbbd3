import type { Policy } from "#lib/config/policy.ts";
import type { ConsentAct } from "#lib/db/generated/enums.ts";
import type { PolicyFile } from "./policy-file.ts";
import { phraseIn } from "./policy-file.ts";

/** What of the ledger a receipt is about. */
export interface Receipted {
  /** UUID of the record; the receipt has it too. */
  readonly id: string;
  readonly personId: string;
  readonly act: ConsentAct;
  /** The same policy had been agreed to before. */
  readonly renewed: boolean;
  readonly policy: string;
  readonly version: string;
  readonly language: string | null;
  readonly textHash: string | null;
  readonly at: Date;
}

/** JSON-LD; a key holds one value or an array, never stands twice. */
export type Document = Readonly<Record<string, unknown>>;

const context = {
  dpv: "https://w3id.org/dpv#",
  "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
  loc: "https://w3id.org/dpv/loc#",
  dct: "http://purl.org/dc/terms/",
  schema: "https://schema.org/",
} as const;

const profile = "https://w3id.org/dpv/schema/dpv-27560";

/**
 * A receipt in the DPV profile of ISO/IEC TS 27560:2023 where the basis is consent (Art. 6(1)(a)). Terms that are a contract
 * (6(1)(b)) are no consent: the document then says that a notice was acknowledged, and claims no conformity.
 * The person stands in it as a pseudonymous IRI; who holds their copy knows whose it is.
 */
export function receiptOf(record: Receipted, entry: PolicyFile, policy: Pick<Policy, "portalUrl" | "controller" | "dpoMail" | "authority" | "serverName">, language: string): Document {
  const { portalUrl } = policy;
  const consent = entry.basis === "consent";
  const subject = `${portalUrl}/consents/subjects/${record.personId}`;
  const about = recordOf(record, entry, policy, language, subject);
  return {
    "@context": context,
    "@id": `${portalUrl}/consents/receipts/${record.id}`,
    "@type": consent ? "dpv:ConsentReceipt" : "dpv:NoticeReceipt",
    ...(consent ? { "dct:conformsTo": `${profile}#receipt-eu-gdpr` } : {}),
    "dpv:hasIdentifier": record.id,
    "dct:identifier": record.id,
    "dct:created": record.at.toISOString(),
    "dpv:hasDataSubject": { "@id": subject, "@type": "dpv:DataSubject" },
    "dpv:hasRecordOfActivity": [about],
  };
}

function recordOf(record: Receipted, entry: PolicyFile, policy: Parameters<typeof receiptOf>[2], language: string, subject: string): Document {
  const { portalUrl, controller, dpoMail, authority, serverName } = policy;
  const consent = entry.basis === "consent";
  const said = (phrase: PolicyFile["purposes"][number]) => phraseIn(phrase, language);
  const who = {
    "@type": "dpv:DataController",
    "dpv:hasName": controller.name,
    "dpv:hasIdentifier": portalUrl,
    "schema:contactPoint": [
      { "@type": "schema:ContactPoint", "schema:contactType": "data protection officer", "schema:email": dpoMail },
      { "@type": "schema:PostalAddress", "schema:streetAddress": controller.address },
    ],
  };
  return {
    "@id": `${portalUrl}/consents/records/${record.id}`,
    "@type": consent ? "dpv:ConsentRecord" : "dpv:RecordOfDataProcessing",
    ...(consent ? { "dct:conformsTo": `${profile}#record-eu-gdpr` } : {}),
    "dct:identifier": record.id,
    "dpv:hasIdentifier": record.id,
    "dpv:hasDataSubject": { "@id": subject },
    "dpv:hasNotice": {
      "@type": consent ? "dpv:ConsentNotice" : "dpv:Notice",
      "dct:title": record.policy,
      "dct:hasVersion": record.version,
      "dct:date": record.at.toISOString().slice(0, 10),
      "dct:language": record.language ?? "und",
      "dct:coverage": serverName,
      ...(record.textHash === null ? {} : { "dpv:hasHash": `sha256:${record.textHash}` }),
    },
    "dpv:hasProcess": {
      "@type": "dpv:Process",
      "dpv:hasPurpose": entry.purposes.map((purpose) => ({ "@type": "dpv:Purpose", "dct:title": said(purpose) })),
      "dpv:hasPersonalData": entry.personalData.map((data) => ({ "@type": "dpv:PersonalData", "dct:title": said(data) })),
      "dpv:hasStorageCondition": [
        { "@type": "dpv:StorageLocation", "dct:title": said(entry.storage.location) },
        { "@type": "dpv:StorageDuration", "dct:title": said(entry.storage.duration) },
      ],
      "dpv:hasDataController": who,
      "dpv:hasRecipient": entry.recipients.map((recipient) => ({ "@type": "dpv:Recipient", "dpv:hasName": said(recipient) })),
      ...(consent ? { "dpv:hasConsentControl": { "@type": "dpv:WithdrawConsent", "dpv:isExercisedAt": `${portalUrl}/consents/${record.policy}` } } : {}),
      "dpv:hasJurisdiction": { "@type": "dpv:Law", "dct:title": "GDPR" },
      "dpv:hasRight": ["eu-gdpr:A7-3", "eu-gdpr:A15", "eu-gdpr:A16", "eu-gdpr:A17", "eu-gdpr:A18", "eu-gdpr:A20", "eu-gdpr:A21", "eu-gdpr:A77"].map((id) => ({ "@id": id })),
      "dpv:hasAuthority": { "@type": "dpv:DataProtectionAuthority", "dpv:hasName": authority.name, "schema:url": authority.url },
    },
    "dpv:hasLegalBasis": { "@id": consent ? "eu-gdpr:A6-1-a" : "eu-gdpr:A6-1-b" },
    ...(consent ? { "dpv:hasConsentStatus": { "@type": statusOf(record), "dpv:isIndicatedAtTime": record.at.toISOString(), "dpv:hasDuration": { "@type": "dpv:UntilEventDuration", "dct:description": "until withdrawn" }, "dpv:isIndicatedBy": { "@id": subject } } } : { "dct:description": record.act === "given" ? "notice acknowledged" : "acknowledgement taken back", "dct:date": record.at.toISOString() }),
  };
}

function statusOf({ act, renewed }: Receipted): string {
  if (act === "withdrawn") return "dpv:ConsentWithdrawn";
  if (act === "objected") return "dpv:ConsentRefused";
  return renewed ? "dpv:RenewedConsentGiven" : "dpv:ConsentGiven";
}
