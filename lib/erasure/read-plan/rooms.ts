import { isOld } from "../room-version.ts";
import type { PlannedRoom } from "../plan.ts";
import { roomsOf } from "../rooms-of.ts";
import { ownEvents, type OwnEvents } from "./own-events.ts";
import type { PlanSource } from "./source.ts";

export interface PlannedRooms {
  readonly rooms: readonly PlannedRoom[];
  readonly events: Readonly<Record<string, number>>;
  readonly oldRooms: number;
  readonly tooOldToRedact: number | null;
}

/** Every room of the person with what of theirs still stands in it, by room id. */
export async function readRooms(source: PlanSource): Promise<PlannedRooms> {
  const groups = await ownEvents(source);
  const byRoom = Map.groupBy(groups, ({ room }) => room);
  const rooms = (await roomsOf(source.db, source.subject)).map(({ id, name, version, membership }) => {
    const of = byRoom.get(id) ?? [];
    return { id, name, version, membership, events: sum(of, "events"), backfilled: sum(of, "backfilled") };
  });
  const byType = [...Map.groupBy(groups, ({ type }) => type)].map(([type, of]) => [type, sum(of, "events")] as const);
  return {
    rooms,
    events: Object.fromEntries(byType),
    // Where nothing of theirs is left to redact, it is of no account how old the room is.
    oldRooms: rooms.filter(({ version, events }) => events > 0 && isOld(version)).length,
    tooOldToRedact: source.redactionAllowedMs === null ? null : sum(groups, "tooOld"),
  };
}

function sum(groups: readonly OwnEvents[], of: "events" | "backfilled" | "tooOld"): number {
  return groups.reduce((total, group) => total + group[of], 0);
}
