import { GiveUp, RetryLater } from "#lib/errors.ts";
import { SynapseDbUnavailable, SynapseDbUnfit, type Snapshot, type SynapseDb } from "#lib/synapse-db/synapse-db.ts";

/** One look into Synapse's database, with its errors as the queue understands them. */
export async function look<T>(synapseDb: SynapseDb, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  try {
    return await synapseDb.snapshot(work);
  } catch (cause) {
    if (cause instanceof SynapseDbUnavailable) throw new RetryLater("synapse_database_down", { cause });
    if (cause instanceof SynapseDbUnfit) throw new GiveUp("synapse_database_refused", { cause });
    throw cause;
  }
}
