import type { Language } from "#lib/messages/languages.ts";

/**
 * Decisions of the controller that the house follows: no secrets, no addresses of machines.
 * Read from the environment once (lib/config/config.ts) and handed on as a value.
 */
export interface Policy {
  /** Exactly the homeserver's `server_name`; Matrix IDs end in ":" + this. */
  readonly serverName: string;
  /** Origin of the portal as people see it, no trailing slash; every link in a letter starts with it. */
  readonly portalUrl: string;
  /** For letters to officers, and for people whose language we do not know or do not speak. */
  readonly language: Language;
  /** IANA zone of the controller's seat: the legal clock runs in it. */
  readonly timeZone: string;
  /** Holidays of the seat for date-holidays: "DE", "GB/ENG" (country, optional state). */
  readonly holidays: string;
  readonly controller: { readonly name: string; readonly address: string };
  /** Data-protection officer: mail address people may write to, and where alerts go. */
  readonly dpoMail: string;
  /** Supervisory authority named in every refusal (Art. 12(4), 13(2)(d), 77). */
  readonly authority: { readonly name: string; readonly url: string };
  /** Byte-exact Matrix IDs: who decides, who may only agree as the second of two, who may only look. */
  readonly operators: readonly string[];
  readonly secondOperators: readonly string[];
  readonly auditors: readonly string[];
  /** What server admins of the homeserver are on the desk, besides the lists. */
  readonly synapseAdmins: "none" | "auditor" | "operator";
  /** Whose rules the legal clock follows (lib/requests/deadline.ts). */
  readonly jurisdiction: "EU" | "UK";
  /** EU only: whether asking what is meant stops the clock too (Recital 63; disputed, so off unless the controller says so). */
  readonly clarificationPauses: boolean;
  /** Folder of the texts people agree to, `<policy>/<version>/<language>.md`; null: none. */
  readonly policies: string | null;
  /** The officer's Matrix ID for `/.well-known/matrix/support`. */
  readonly dpoMatrixId: string | null;
  /** Whether numbers about requests are shown to everybody. */
  readonly publicStatistics: boolean;
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
