/**
 * Why two months more may be taken (Art. 12(3) GDPR, rights.md § 4.2). The sentence is clock.extension.<code> of the
 * catalogue; `iri` names it in DPV 2.3.
 */
export interface ExtensionReason {
  readonly code: string;
  readonly law: string;
  readonly iri: string;
}

const gdpr = "https://w3id.org/dpv/legal/eu/gdpr#Justification";

export const extensionReasons = [
  { code: "complexity", law: "Art. 12(3) GDPR", iri: `${gdpr}A12Complexity` },
  { code: "number", law: "Art. 12(3) GDPR", iri: `${gdpr}A12HighVolume` },
] as const satisfies readonly ExtensionReason[];
