import { isOwnDatabaseDown } from "#lib/db/is-own-database-down.ts";
import { DomainError, GiveUp, RetryLater } from "#lib/errors.ts";
import { GateFailed } from "#lib/leak-gate/gate.ts";
import type { GateVerdict } from "#lib/leak-gate/verdict.ts";
import { HomeserverRefused, HomeserverUnavailable } from "#lib/matrix/homeserver.ts";
import { LedgerUnbalanced } from "./ledger.ts";
import { StorageFull } from "#lib/storage/storage.ts";
import { SynapseDbUnavailable, SynapseDbUnfit } from "#lib/synapse-db/synapse-db.ts";

/** Every failure a build can end in; each has words under `failures.*`. */
export const buildFailures = [
  "busy",
  "homeserver_down",
  "homeserver_refused",
  "synapse_database_down",
  "synapse_database_refused",
  "storage_full",
  "storage_down",
  "database_down",
  "mismatch",
  "gate_failed",
  "package_blocked",
  "account_gone",
  "package_unreadable",
] as const;
export type BuildFailure = (typeof buildFailures)[number];

/** The rows written are not the rows counted: a fault of ours, never to be published. */
export class Mismatch extends Error {
  constructor(what: string, counted: number, written: number) {
    super(`${what}: counted ${counted}, wrote ${written}`);
    this.name = "Mismatch";
  }
}

/** The leak gate found something in the finished package. It is not released, and trying again makes the same one. */
export class PackageBlocked extends GiveUp {
  readonly verdict: GateVerdict;
  constructor(verdict: GateVerdict) {
    super("package_blocked" satisfies BuildFailure);
    this.verdict = verdict;
  }
}

/** The place for packages does not answer; the cause is the adapter's. */
export class StorageDown extends Error {
  constructor(cause: unknown) {
    super("the storage does not answer", { cause });
    this.name = "StorageDown";
  }
}

/** What the place for the bytes threw while a package was written. */
export function asSinkError(error: unknown): unknown {
  return error instanceof StorageFull ? error : new StorageDown(error);
}

/** Full disks are emptied by people: asking again at once is noise. */
const fullSeconds = 300;

const retry = (failure: BuildFailure, cause: unknown, afterSeconds: number | null = null) => new RetryLater(failure, { cause, afterSeconds });
const giveUp = (failure: BuildFailure, cause: unknown) => new GiveUp(failure, { cause });

/** The error as the queue understands it: try again, give up, or (unchanged) a bug. */
export function asJobError(error: unknown): unknown {
  if (error instanceof RetryLater || error instanceof GiveUp || error instanceof DomainError) return error;
  if (error instanceof HomeserverUnavailable) return retry("homeserver_down", error, error.afterSeconds);
  if (error instanceof HomeserverRefused) return giveUp("homeserver_refused", error);
  if (error instanceof SynapseDbUnavailable) return retry("synapse_database_down", error);
  if (error instanceof StorageFull) return retry("storage_full", error, fullSeconds);
  if (error instanceof StorageDown) return retry("storage_down", error);
  if (error instanceof GateFailed) return retry("gate_failed", error);
  if (error instanceof Mismatch || error instanceof LedgerUnbalanced) return giveUp("mismatch", error);
  if (error instanceof SynapseDbUnfit) return giveUp("synapse_database_refused", error);
  return isOwnDatabaseDown(error) ? retry("database_down", error) : error;
}
