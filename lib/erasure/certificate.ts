import type { NoticeState, NoticeTarget } from "#lib/db/generated/enums.ts";
import type { SignatureFile } from "#lib/signing/signature-file.ts";
import type { ErasureOptions } from "#lib/requests/erasure-options.ts";
import type { ResidueEntry } from "./residue.ts";
import type { Facts } from "./step.ts";
import type { StepName } from "./step-names.ts";

/**
 * What an erasure ended in (Art. 5(2), 17, 19). It names the person only by `holder`: SHA-256 (hex) over the UTF-8 text of
 * salt and Matrix ID, one behind the other. Whoever has the salt can show that it is theirs. Moments are ISO 8601.
 */
export interface Certificate {
  readonly format: { readonly name: "matrix-privacy-portal-certificate"; readonly version: 1 };
  readonly reference: string;
  readonly holder: { readonly algorithm: "SHA-256"; readonly over: "salt, Matrix ID"; readonly hash: string };
  readonly homeserver: string;
  readonly controller: { readonly name: string; readonly address: string };
  readonly officer: string;
  readonly supervision: { readonly name: string; readonly url: string };
  /** Who ran the accounts. */
  readonly accounts: "synapse" | "mas";
  /** What it was decided on. */
  readonly planHash: string | null;
  readonly options: ErasureOptions;
  readonly asked: string;
  readonly confirmed: string | null;
  readonly approved: string | null;
  readonly begun: string;
  readonly issued: string;
  /** By codes under erasure.removed.*: how many. */
  readonly removed: readonly { readonly code: string; readonly count: number }[];
  /** What stays and on which ground: codes under erasure.stays.*. */
  readonly retained: readonly { readonly code: string; readonly law: string }[];
  /** What was tried and did not succeed, by codes under erasure.notDone.*. */
  readonly failed: readonly { readonly code: string; readonly count: number }[];
  /** Steps an operator let pass, with their words. */
  readonly overridden: readonly { readonly step: StepName; readonly reason: string }[];
  readonly residue: {
    readonly measured: string;
    readonly places: readonly Pick<ResidueEntry, "table" | "column" | "trace" | "rows" | "why" | "law" | "goesBy">[];
    /** Not explained; an operator's words say why it was certified all the same (`overridden`). */
    readonly unexplained: readonly Pick<ResidueEntry, "table" | "column" | "trace" | "rows">[];
  };
  readonly told: readonly { readonly target: NoticeTarget; readonly name: string; readonly state: NoticeState }[];
}

/** certificate.json: the certificate and the signature over its RFC 8785 form. */
export interface CertificateFile {
  readonly certificate: Certificate;
  readonly signature: SignatureFile;
}

const number = (value: unknown): number => (typeof value === "number" ? value : 0);
const some = (lines: readonly { code: string; count: number }[]) => lines.filter(({ count }) => count > 0);

/** What went, from what the steps recorded. */
export function removedBy(facts: (step: StepName) => Facts): Certificate["removed"] {
  const [redact, leave, identities] = [facts("redact"), facts("leave"), facts("identities")];
  return some([
    { code: "events", count: number(redact.before) - number(redact.after) },
    { code: "names", count: number(redact.names) },
    { code: "rooms_left", count: number(leave.left) },
    { code: "invites", count: number(leave.rejected) },
    { code: "delayed", count: number(facts("delayed").cancelled) },
    { code: "media", count: number(facts("media").deleted) },
    { code: "addresses", count: number(facts("remember").addresses) },
    { code: "external_ids", count: number(identities.externalIds) },
    { code: "account", count: facts("verify").skipped === undefined && Object.keys(facts("verify")).length > 0 ? 1 : 0 },
    { code: "sessions", count: number(facts("remember").devices) },
    { code: "rooms_removed", count: number(facts("rooms").removed) },
  ]);
}

/** What did not go although it should have. */
export function notDone(facts: (step: StepName) => Facts): Certificate["failed"] {
  const stays = (facts("redact").stays ?? {}) as Readonly<Record<string, { events: number }>>;
  return some([
    ...Object.entries(stays).sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, { events }]) => ({ code, count: events })),
    { code: "media", count: number(facts("media").stays) },
    { code: "rooms_not_left", count: number(facts("leave").stays) },
    { code: "rooms_not_removed", count: number(facts("rooms").stays) },
  ]);
}
