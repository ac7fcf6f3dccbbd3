import { expect } from "vitest";
import type { Mxid, RoomId } from "#lib/matrix/homeserver.ts";
import { fakeEraser } from "#tests/fakes/eraser.ts";
import { eraserContract } from "./eraser.ts";

eraserContract("the fake", async () => {
  const eraser = fakeEraser();
  const owner = eraser.addPerson("@owner:test.example");
  let rooms = 0;
  const room = (version?: string): Promise<RoomId> => {
    const id = eraser.addRoom(`!room${(rooms += 1)}:test.example`, version === undefined ? {} : { version });
    eraser.setMembership(owner, id, "join");
    return Promise.resolve(id);
  };
  const memberships = (mxid: Mxid, id: RoomId) => eraser.events.filter((event) => event.room === id && event.type === "m.room.member" && event.stateKey === mxid);
  const done = (effect: () => unknown) => {
    effect();
    return Promise.resolve();
  };
  return Promise.resolve({
    eraser,
    nobody: "@nobody:test.example" as Mxid,
    person: (localpart) => {
      const mxid = eraser.addPerson(`@${localpart}:test.example`, { displayName: "Ada", mails: ["ada@example.org"] });
      eraser.addDevices(mxid, 2);
      return Promise.resolve(mxid);
    },
    account: (mxid) => Promise.resolve(eraser.homeserver.accounts.get(mxid) ?? null),
    room,
    knockRoom: room,
    join: (mxid, id) => done(() => eraser.setMembership(mxid, id, "join", { displayname: "Ada" })),
    leave: (mxid, id) => done(() => eraser.setMembership(mxid, id, "leave")),
    knock: (mxid, id) => done(() => eraser.setMembership(mxid, id, "knock")),
    invite: (mxid, id) => done(() => eraser.setMembership(mxid, id, "invite", {}, owner)),
    ban: (mxid, id) => done(() => eraser.setMembership(mxid, id, "ban", {}, owner)),
    ownerLeaves: (id) => done(() => eraser.setMembership(owner, id, "leave")),
    say: (mxid, id, type) => Promise.resolve(eraser.say(mxid, id, type)),
    joinEvent: (mxid, id) => Promise.resolve(memberships(mxid, id).find((event) => event.content.membership === "join")?.id ?? expect.unreachable()),
    redactionsOf: (eventId) => Promise.resolve(eraser.events.find((event) => event.id === eventId)?.redactions ?? 0),
    membership: (mxid, id) => Promise.resolve({ ...memberships(mxid, id).at(-1)?.content }),
    membershipEvents: (mxid, id) => Promise.resolve(memberships(mxid, id).length),
    addMedia: (mxid, files) => done(() => eraser.addMedia(mxid, files)),
    addDelayed: (mxid, _room, events) => done(() => eraser.addDelayed(mxid, events)),
    addExternalId: (mxid) => done(() => eraser.addIdentities(mxid, 1)),
    externalIds: (mxid) => Promise.resolve(eraser.identitiesOf(mxid)),
    knows: (id) => Promise.resolve(eraser.rooms.has(id)),
    async until(look) {
      for (let times = 0; times < 20; times += 1) {
        const seen = await look();
        if (seen) return seen;
      }
      return expect.unreachable("it never came to its end");
    },
    stop: () => Promise.resolve(),
  });
});
