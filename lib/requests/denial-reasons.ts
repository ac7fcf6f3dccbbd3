import type { RequestKind } from "#lib/db/generated/enums.ts";
import { holdReasons } from "./hold-reasons.ts";

/**
 * Why a request may be refused: data, since the law moves (rights.md § 3). The sentence for the letter is
 * reasons.<code> of the catalogue; `law` is quoted as it stands; `iri` names it in DPV 2.3, where DPV has one.
 */
export interface DenialReason {
  readonly code: string;
  readonly kinds: readonly RequestKind[];
  readonly law: string;
  readonly iri: string | null;
}

const gdpr = "https://w3id.org/dpv/legal/eu/gdpr#";

export const denialReasons = [
  { code: "manifestly_unfounded", kinds: ["export", "erasure", "consent"], law: "Art. 12(5)(b) GDPR", iri: `${gdpr}JustificationA12ManifestlyUnfounded` },
  { code: "manifestly_excessive", kinds: ["export", "consent"], law: "Art. 12(5)(b) GDPR", iri: `${gdpr}JustificationA12ManifestlyExcessive` },
  { code: "identity_not_proven", kinds: ["export", "erasure", "consent"], law: "Art. 12(6) GDPR", iri: `${gdpr}JustificationA12IdentityFailure` },
  { code: "rights_of_others", kinds: ["export"], law: "Art. 15(4) GDPR", iri: null },
  { code: "not_identifiable", kinds: ["export"], law: "Art. 11(2) GDPR", iri: null },
  { code: "compelling_grounds", kinds: ["consent"], law: "Art. 21(1) GDPR", iri: null },
  ...holdReasons.map(({ code, law, iri }) => ({ code, kinds: ["erasure"] as const, law, iri })),
] as const satisfies readonly DenialReason[];

export function denialReasonsFor(kind: RequestKind): readonly DenialReason[] {
  return denialReasons.filter((reason) => (reason.kinds as readonly RequestKind[]).includes(kind));
}
