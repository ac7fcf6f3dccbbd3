import type { ConsentAct } from "#lib/db/generated/enums.ts";
import { withdrawnVersion } from "./policy-file.ts";

/** The homeserver's word: the version it keeps and since when. */
export interface Seen {
  readonly version: string | null;
  readonly at: Date | null;
}

export type Comparison =
  /** Both say the same, or mean it. */
  | "same"
  /** The homeserver is still being told. */
  | "pending"
  /** Said at the homeserver, after anything we know of: the ledger lacks it. */
  | "given_there"
  | "withdrawn_there"
  /** They contradict each other, and the homeserver's word is not the later one: somebody must look. */
  | "differs";

/**
 * Our last record about the homeserver's text against what the homeserver keeps. It overwrites and remembers one version,
 * so only a later date of its own says more than the ledger.
 * @param ours null: nothing in the ledger
 */
export function compare(ours: { readonly act: ConsentAct; readonly version: string; readonly at: Date; readonly waiting: boolean } | null, seen: Seen): Comparison {
  if (ours?.waiting) return "pending";
  if (seen.version === null) return ours?.act === "given" ? "differs" : "same";
  const means = ours === null ? null : ours.act === "given" ? ours.version : withdrawnVersion;
  if (seen.version === means) return "same";
  if (ours !== null && (seen.at === null || seen.at <= ours.at)) return "differs";
  return seen.version === withdrawnVersion ? "withdrawn_there" : "given_there";
}
