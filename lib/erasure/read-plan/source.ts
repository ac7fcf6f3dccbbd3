import type { Mxid } from "#lib/matrix/homeserver.ts";
import type { Snapshot } from "#lib/synapse-db/synapse-db.ts";

/** Whose numbers, in which frozen view of Synapse. */
export interface PlanSource {
  readonly db: Snapshot;
  readonly subject: Mxid;
  /** The homeserver's `server_name`. */
  readonly serverName: string;
  readonly now: Date;
  /** Milliseconds; null where the homeserver lets everybody redact what is old. */
  readonly redactionAllowedMs: number | null;
}
