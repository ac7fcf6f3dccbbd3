import type { RedactionRun } from "#lib/matrix/eraser.ts";
import type { Account, Mxid, RoomId } from "#lib/matrix/homeserver.ts";
import { isOld, type FakeEvent, type FakeRoom, type OpenWorld } from "./eraser-world.ts";

/** All that Synapse's redact API looks at; of the last it takes joins only. */
const covered: readonly string[] = ["m.room.message", "m.room.encrypted", "m.room.member"];

interface Run {
  readonly mxid: string;
  readonly result: RedactionRun;
  polls: number;
}

/** Synapse's background redactions with what is odd about them: newest events first up to the limit, those already redacted counted and redacted again. */
export function redactionRuns({ world, happened, accountOf, patience }: { world: OpenWorld; happened: (what: string) => void; accountOf: (mxid: string) => Account; patience: number }) {
  const runs = new Map<string, Run>();

  const busy = (mxid: string) =>
    [...runs.values()].some((run) => {
      if (run.mxid !== mxid || run.polls > patience) return false;
      // Time passes while somebody knocks, too.
      run.polls += 1;
      return true;
    });

  const why = (event: FakeEvent, room: FakeRoom): string | null => {
    if (accountOf(event.sender).suspended && isOld(room)) return "'redacts'";
    return room.refuses;
  };

  function carryOut(mxid: Mxid, rooms: readonly RoomId[], limit: number): RedactionRun {
    const failed = new Map<string, string>();
    for (const id of rooms) {
      const room = world.rooms.get(id);
      if (!room) return { state: "failed", failed };
      const own = world.events.filter((event) => event.room === id && event.sender === mxid && covered.includes(event.type)).reverse().slice(0, limit);
      for (const event of own) {
        // A redacted membership event has kept nothing but its membership.
        if (event.type === "m.room.member" && event.content.membership !== "join") continue;
        const words = why(event, room);
        if (words !== null) failed.set(event.id, words);
        else {
          world.redact(event, mxid);
          happened(`redact ${event.id}`);
        }
      }
    }
    return { state: "complete", failed };
  }

  return {
    start(mxid: Mxid, rooms: readonly RoomId[], limit: number): string | null {
      if (busy(mxid)) return null;
      const id = `run${runs.size}`;
      runs.set(id, { mxid, result: carryOut(mxid, rooms, limit), polls: 0 });
      return id;
    },
    look(id: string): RedactionRun | null {
      const run = runs.get(id);
      if (!run) return null;
      run.polls += 1;
      return run.polls <= patience ? { state: "running", failed: new Map() } : run.result;
    },
    forget: () => runs.clear(),
  };
}
