import type { RoomId } from "#lib/matrix/homeserver.ts";
import type { RoomLeft } from "./eyes.ts";
import { isOld } from "./room-version.ts";
import type { Facts } from "./step.ts";

/** Why own events are not redacted: words under erasure.stays.*. */
export type StaysCode = "room_works" | "rejected" | "too_old" | "suspended_old_room" | "left_room" | "refused";

interface Where {
  readonly joined: ReadonlySet<RoomId>;
  readonly suspended: boolean;
}

/** What is left after the fix-point, by reason: in how many rooms, how many events. Nothing is left in silence (S11). */
export function staysBy(left: readonly RoomLeft[], { joined, suspended }: Where): Facts {
  const stays: Partial<Record<StaysCode, { rooms: number; events: number }>> = {};
  const add = (code: StaysCode, events: number) => {
    if (events === 0) return;
    const so = stays[code] ?? { rooms: 0, events: 0 };
    stays[code] = { rooms: so.rooms + 1, events: so.events + events };
  };
  for (const each of left) {
    add("room_works", each.kept);
    add("rejected", each.rejected);
    add("too_old", each.tooOld);
    const rest = each.swept - each.tooOld;
    if (suspended && isOld(each.version)) add("suspended_old_room", rest + each.others);
    else {
      add("refused", rest + (joined.has(each.room) ? each.others : 0));
      if (!joined.has(each.room)) add("left_room", each.others);
    }
  }
  return stays;
}
