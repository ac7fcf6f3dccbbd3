import { deactivatedLeave, type Puppet } from "#lib/matrix/eraser.ts";
import { HomeserverRefused, HomeserverUnavailable, type Account, type Mxid } from "#lib/matrix/homeserver.ts";
import { isOld, type OpenWorld } from "./eraser-world.ts";

interface Strings {
  readonly mxid: Mxid;
  readonly world: OpenWorld;
  readonly call: <T>(method: keyof Puppet, effect: () => T) => Promise<T>;
  readonly happened: (what: string) => void;
  readonly accountOf: (mxid: string) => Account;
  readonly takeDelayed: () => number;
}

/** The account as its own token moves it. */
export function eraserPuppet({ mxid, world, call, happened, accountOf, takeDelayed }: Strings): Puppet {
  const sent = new Set<string>();
  let open = true;

  const act = <T>(method: keyof Puppet, effect: () => T) =>
    call(method, () => {
      if (!open) throw new HomeserverRefused(401, "M_UNKNOWN_TOKEN");
      if (accountOf(mxid).locked) throw new HomeserverRefused(401, "M_USER_LOCKED");
      return effect();
    });

  return {
    redact: (room, eventId, txnId) =>
      act("redact", () => {
        const at = world.rooms.get(room);
        const event = world.events.find((each) => each.id === eventId && each.room === room);
        if (!at || !event || at.members.get(mxid) !== "join") throw new HomeserverRefused(403, "M_FORBIDDEN");
        if (accountOf(mxid).suspended && isOld(at)) throw new HomeserverUnavailable("the homeserver is in trouble");
        if (at.refuses !== null) throw new HomeserverRefused(403, "M_FORBIDDEN");
        if (sent.has(`${room} ${eventId} ${txnId}`)) return;
        sent.add(`${room} ${eventId} ${txnId}`);
        world.redact(event, mxid);
        happened(`redact ${eventId}`);
      }),
    leave: (room) =>
      act("leave", () => {
        const now = world.membership(mxid, room);
        if (now === null || now === "leave" || now === "ban") return;
        world.setMembership(mxid, room, "leave", deactivatedLeave);
        happened(`leave ${room}`);
      }),
    cancelDelayed: () =>
      act("cancelDelayed", () => {
        const events = takeDelayed();
        if (events > 0) happened(`delayed ${mxid}`);
        return events;
      }),
    close: () => call("close", () => void (open = false)),
  };
}
