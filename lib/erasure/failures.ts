import { isOwnDatabaseDown } from "#lib/db/is-own-database-down.ts";
import { DomainError, GiveUp, RetryLater } from "#lib/errors.ts";
import { HomeserverRefused, HomeserverUnavailable } from "#lib/matrix/homeserver.ts";
import { SynapseDbUnavailable, SynapseDbUnfit } from "#lib/synapse-db/synapse-db.ts";

/** Every failure an erasure can end in; each has words under `failures.*`. */
export const erasureFailures = [
  "busy",
  "homeserver_down",
  "homeserver_refused",
  "synapse_database_down",
  "synapse_database_refused",
  "database_down",
  "clocks_disagree",
  "account_gone",
  "account_changed",
  "account_reactivated",
  "wrong_homeserver",
  "memory_unreadable",
  "identity_server_refuses",
  "erasure_unverified",
  "residue_unexplained",
] as const;
export type ErasureFailure = (typeof erasureFailures)[number];

/** What time mends: the run waits and goes on where it was. Everything else is for an operator. */
export const passing: ReadonlySet<string> = new Set<ErasureFailure>(["busy", "homeserver_down", "synapse_database_down", "database_down", "clocks_disagree"]);

const retry = (failure: ErasureFailure, cause: unknown, afterSeconds: number | null = null) => new RetryLater(failure, { cause, afterSeconds });
const giveUp = (failure: ErasureFailure, cause: unknown) => new GiveUp(failure, { cause });

/** The error as the run understands it: later again, give up, or (unchanged) a bug. */
export function asRunError(error: unknown): unknown {
  if (error instanceof RetryLater || error instanceof GiveUp || error instanceof DomainError) return error;
  if (error instanceof HomeserverUnavailable) return retry("homeserver_down", error, error.afterSeconds);
  // A token that lost its rights, or a rule of the homeserver's: nothing is passed over in silence (S15, S19).
  if (error instanceof HomeserverRefused) return giveUp("homeserver_refused", error);
  if (error instanceof SynapseDbUnavailable) return retry("synapse_database_down", error);
  if (error instanceof SynapseDbUnfit) return giveUp("synapse_database_refused", error);
  return isOwnDatabaseDown(error) ? retry("database_down", error) : error;
}
