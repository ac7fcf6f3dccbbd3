import { HomeserverRefused, type RoomId } from "#lib/matrix/homeserver.ts";
import { count, done, type Run, skipped, type Step, waits } from "../step.ts";

const polls = 12;

/**
 * Removes the rooms they were in that nobody here is in any more, is invited to, or could still read (who has left without
 * forgetting can). Read back; a room that somebody enters meanwhile is refused by the homeserver and stays.
 */
export const rooms: Step = {
  name: "rooms",
  async act(run) {
    if (!run.ctx.policy.purgeEmptyRooms) return skipped("switched_off");
    const known = run.memory().rooms.map(({ id }) => id as RoomId);
    const found = await run.eyes.deserted(run.mxid, known);
    let removed = count(run.facts.removed);
    for (const room of found) {
      if (run.tired()) return waits(run, 0, { removed });
      const ended = await purge(run, room);
      if (ended === null) return waits(run, 60, { removed });
      if (ended) removed += 1;
      await run.note({ removed });
    }
    const stays = (await run.eyes.deserted(run.mxid, known)).length;
    // Each was tried once this time; what did not go is tried once more, and then it is said to stay.
    if (stays > 0 && run.facts.again !== true) return waits(run, 60, { removed, again: true });
    return done({ removed, stays });
  },
};

/** null: still running. */
async function purge(run: Run, room: RoomId): Promise<boolean | null> {
  const { eraser } = run.ctx;
  try {
    const id = await eraser.startPurge(room);
    for (let poll = 0; poll < polls; poll += 1) {
      const state = await eraser.purge(id);
      if (state !== "running") return state === "complete";
      await run.pause(Math.min(2_000, 250 * 2 ** poll));
    }
    return null;
  } catch (error) {
    if (error instanceof HomeserverRefused && error.status !== 401 && error.status !== 403) return false;
    throw error;
  }
}
