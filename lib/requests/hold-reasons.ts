/**
 * Why an erasure must wait although it was asked for: the grounds of Art. 17(3) GDPR (rights.md § 4.2). The sentence is
 * reasons.<code> of the catalogue; `iri` names it in DPV 2.3.
 */
export interface HoldReason {
  readonly code: string;
  readonly law: string;
  readonly iri: string;
}

const gdpr = "https://w3id.org/dpv/legal/eu/gdpr#Justification";

export const holdReasons = [
  { code: "legal_claims", law: "Art. 17(3)(e) GDPR", iri: `${gdpr}A17LegalClaims` },
  { code: "legally_required", law: "Art. 17(3)(b) GDPR", iri: `${gdpr}A17LegallyRequired` },
  { code: "public_interest", law: "Art. 17(3)(b) GDPR", iri: `${gdpr}A17PublicInterest` },
  { code: "public_health", law: "Art. 17(3)(c) GDPR", iri: `${gdpr}A17PublicHealth` },
  { code: "archiving", law: "Art. 17(3)(d) GDPR", iri: `${gdpr}A17Archiving` },
  { code: "freedom_of_expression", law: "Art. 17(3)(a) GDPR", iri: `${gdpr}A17FreedomOfExpression` },
] as const satisfies readonly HoldReason[];
