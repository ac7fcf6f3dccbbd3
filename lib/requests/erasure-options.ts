/** What a person chose with their request for erasure (Art. 17). Stored as `Request.scope`. */
export interface ErasureOptions {
  /** Redact their messages too: for everybody who honours it, not only for those who join later. */
  readonly redact: boolean;
  /** Suspend the account until then: nothing new comes to be, and a thief can do little. */
  readonly suspend: boolean;
  /** Do not wait for the end of the grace period; 72 hours after the approval remain. */
  readonly leaveNow: boolean;
}
