/** The order of an erasure (issue 5 § 4). Each is a row of ErasureStep; words under erasure.steps.*. */
export const stepNames = [
  /** Rooms, media, addresses, external ids: written down before they vanish. */
  "remember",
  /** The final notice. */
  "announce",
  /** Unsuspend, only where redaction needs it. */
  "thaw",
  "redact",
  /** Leave every room; reject invites, take back knocks. */
  "leave",
  "delayed",
  "media",
  "identities",
  "deactivate",
  /** Read back until deactivated, erased, in no room; drive again if not; then lock. */
  "verify",
  /** Rooms nobody here can see any more. */
  "rooms",
  /** Telling others begins; it goes on beside the next steps. */
  "tell",
  "residue",
  /** A day later, since Synapse writes down late what it had in memory. */
  "recheck",
  "certificate",
] as const;
export type StepName = (typeof stepNames)[number];
