/** What the signature says; only the first two vouch for the package. */
export type SignatureVerdict =
  | "valid"
  /** By a key that is out of use by now and was in use when the package was written. */
  | "valid_retired"
  /** By a key of the portal, at a moment at which that key did not sign any more, or not yet. */
  | "out_of_period"
  /** The manifest is not what was signed. */
  | "wrong"
  | "unknown_key"
  | "unsigned"
  /** signature.json is not one of ours. */
  | "malformed"
  /** The list of keys could not be had. */
  | "no_keys";

/** What the manifest says of the package; to be believed only as far as the signature holds. */
export interface PackageWords {
  readonly subject: string;
  readonly server: string;
  readonly reference: string | null;
  readonly controller: string;
  readonly writtenAt: string;
}

export interface Checked {
  readonly kind: "checked";
  readonly signature: SignatureVerdict;
  /** Key the package names; null where there is none. */
  readonly kid: string | null;
  readonly says: PackageWords;
  readonly files: number;
  readonly bytes: number;
  /** Paths, in the order of the package. */
  readonly changed: readonly string[];
  readonly missing: readonly string[];
  readonly surplus: readonly string[];
}

/** `unreadable`: no ZIP, or a broken one. `not_ours`: no package of this portal's make. `other_version`: of a layout we do not know. */
export type Verdict = Checked | { readonly kind: "unreadable" | "not_ours" | "other_version" };

/** Every file is what was made, and one of the published keys vouches for it. */
export function isWhole(verdict: Verdict): boolean {
  return verdict.kind === "checked" && (verdict.signature === "valid" || verdict.signature === "valid_retired")
    && verdict.changed.length + verdict.missing.length + verdict.surplus.length === 0;
}
