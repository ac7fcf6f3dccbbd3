import type { Enquiry } from "#lib/db/generated/client.ts";
import type { EnquiryAbout, EnquiryEnd } from "#lib/db/generated/enums.ts";
import type { History, Stop } from "./deadline.ts";

/** Why a question may be put, as DPV 2.3 names it (rights.md § 4.2). Sentences: clock.about.<code>. */
export const enquiryReasons = {
  identity: { law: "Art. 12(6) GDPR", iri: "https://w3id.org/dpv/legal/eu/gdpr#JustificationA12IdentityRequired" },
  clarification: { law: "Recital 63 GDPR", iri: "https://w3id.org/dpv/legal/eu/gdpr#JustificationA12InformationRequired" },
} as const satisfies Readonly<Record<EnquiryAbout, { readonly law: string; readonly iri: string }>>;

/** A question to the person as pages and letters show it; `endedAt` null: it is open. */
export interface EnquiryView {
  readonly about: EnquiryAbout;
  /** It stopped the clock; `restarts`: the period counts afresh from its end. */
  readonly pauses: boolean;
  readonly restarts: boolean;
  readonly question: string;
  readonly doubt: string | null;
  readonly askedAt: Date;
  readonly answer: string | null;
  readonly endedAt: Date | null;
  readonly ended: EnquiryEnd | null;
}

type Stopping = Pick<Enquiry, "about" | "pauses" | "restarts" | "askedAt" | "endedAt" | "ended">;

/**
 * What the questions did to the clock, oldest first. UK: only what came moves the start; a question that was dropped without
 * an answer moved nothing, and the clock ran all the time.
 */
export function stopsOf(enquiries: readonly Stopping[]): Stop[] {
  return enquiries
    .filter(({ pauses, restarts, ended }) => pauses && !(restarts && ended === "dropped"))
    .map(({ about, restarts, askedAt, endedAt }) => ({ kind: restarts ? "restart" : "pause", about, from: askedAt, to: endedAt }));
}

/** @param enquiries of the request, oldest first */
export function historyOf(request: { readonly receivedAt: Date; readonly extendedAt: Date | null }, enquiries: readonly Stopping[]): History {
  return { receivedAt: request.receivedAt, extended: request.extendedAt !== null, stops: stopsOf(enquiries) };
}

export function viewEnquiry({ about, pauses, restarts, question, doubt, askedAt, answer, endedAt, ended }: Enquiry): EnquiryView {
  return { about, pauses, restarts, question, doubt, askedAt, answer, endedAt, ended };
}
