/**
 * Decisions of the controller that the house follows: no secrets, no addresses of machines.
 * Read from the environment once (lib/config/config.ts) and handed on as a value.
 */
export interface Policy {
  /** Exactly the homeserver's `server_name`; Matrix IDs end in ":" + this. */
  readonly serverName: string;
  /** Origin of the portal as people see it, no trailing slash; every link in a letter starts with it. */
  readonly portalUrl: string;
  /** IANA zone of the controller's seat: the legal clock runs in it. */
  readonly timeZone: string;
  /** Holidays of the seat for date-holidays: "DE", "GB/ENG" (country, optional state). */
  readonly holidays: string;
  readonly controller: { readonly name: string; readonly address: string };
  /** Data-protection officer: mail address people may write to, and where alerts go. */
  readonly dpoMail: string;
  /** Supervisory authority named in every refusal (Art. 12(4), 13(2)(d), 77). */
  readonly authority: { readonly name: string; readonly url: string };
  /** Byte-exact Matrix IDs of the operators of the desk. */
  readonly operators: readonly string[];
  /** Plain exports go from the confirmed code straight to the worker. Off by default. */
  readonly autoApproveExports: boolean;
  /** Days a package can be fetched. */
  readonly packageDays: number;
  /** Days a closed request is kept as proof (Art. 5(2)) before it is purged. */
  readonly retentionDays: number;
  /** Days from the person's confirmation in which an erasure can be stopped; it never ends sooner than 72 h after the approval. */
  readonly graceDays: number;
  /** Synapse's `redaction_allowed_period` in ms: nobody may redact an older message. null: no limit. */
  readonly redactionAllowedMs: number | null;
  /** After an erasure, remove rooms that no account of this server can see any more. */
  readonly purgeEmptyRooms: boolean;
}
