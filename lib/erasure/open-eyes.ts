import type { WorkerContext } from "#lib/context.ts";
import { GiveUp } from "#lib/errors.ts";
import type { Snapshot } from "#lib/synapse-db/synapse-db.ts";
import type { ErasureFailure } from "./failures.ts";
import type { Eyes } from "./eyes.ts";
import { look } from "./look.ts";
import { measureResidue } from "./measure-residue.ts";
import { desertedRooms, eventsLeft, pendingRooms, roomsLeft } from "./own-events-left.ts";
import { readMemory } from "./read-memory.ts";

/** The eyes of the worker: Synapse's database, through the role that may only read. */
export function openEyes({ synapseDb, filesLeft, policy, now }: Pick<WorkerContext, "synapseDb" | "filesLeft" | "policy" | "now">): Eyes {
  const see = <T>(work: (db: Snapshot) => Promise<T>) => look(synapseDb, work);
  return {
    memory: (mxid) => see(async (db) => {
      const memory = await readMemory(db, mxid);
      if (!memory) throw new GiveUp("account_gone" satisfies ErasureFailure);
      return memory;
    }),
    left: (mxid, since) => see((db) => roomsLeft(db, mxid, since)),
    leftIn: (mxid, rooms, page) => see((db) => eventsLeft(db, mxid, rooms, page)),
    pending: (mxid) => see((db) => pendingRooms(db, mxid)),
    deserted: (mxid, rooms) => see((db) => desertedRooms(db, mxid, rooms)),
    residue: (memory, messages) => see((db) => measureResidue(db, memory, { now: now(), redactionAllowedMs: policy.redactionAllowedMs, filesLeft, ...messages })),
  };
}
