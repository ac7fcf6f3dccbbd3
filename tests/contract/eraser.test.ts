import { describe, expect, it } from "vitest";
import type { Mxid, RoomId } from "#lib/matrix/homeserver.ts";
import { away, fakeEraser } from "#tests/fakes/eraser.ts";
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
    shadowBan: () => Promise.resolve(),
    slow: () => Promise.resolve(),
    limits: () => Promise.resolve(0),
    bindAtDeadServer: (mxid, bound) =>
      done(() => {
        eraser.addIdentities(mxid, 0, true);
        eraser.identityServer(bound ? "refuses" : "success");
      }),
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

describe("the fake eraser, where a test needs trouble", () => {
  function setting(authority: "synapse" | "mas" = "synapse") {
    const eraser = fakeEraser({ authority });
    const ada = eraser.addPerson("@ada:test.example");
    const rooms = ["!a:test.example", "!b:test.example"].map((id) => eraser.addRoom(id));
    for (const room of rooms) eraser.setMembership(ada, room, "join");
    return { eraser, ada, rooms };
  }

  it("fails before the effect, after it, or always, and counts every effect", async () => {
    const { eraser, ada } = setting();
    eraser.fault({ on: "deactivate", error: away(7) }, { on: "deactivate", error: away(), after: true });
    await expect(eraser.deactivate(ada)).rejects.toMatchObject({ afterSeconds: 7 });
    expect(eraser.effects).toEqual([]);
    await expect(eraser.deactivate(ada)).rejects.toThrow();
    expect([eraser.effects, eraser.homeserver.accounts.get(ada)?.erased]).toEqual([[`deactivate ${ada}`], true]);
    await eraser.deactivate(ada);
    expect(eraser.repeated()).toEqual([`deactivate ${ada}`]);
    eraser.down(away());
    await expect(eraser.joinedRooms(ada)).rejects.toThrow();
    expect(eraser.calls).toEqual(["deactivate", "deactivate", "deactivate", "joinedRooms"]);
  });

  it("leaves somebody in a room after deactivation, unseen, until driven again (S14)", async () => {
    const { eraser, ada, rooms } = setting();
    eraser.failParting(rooms[1] ?? "");
    await eraser.deactivate(ada);
    expect(await eraser.joinedRooms(ada)).toEqual(rooms);
    expect([await eraser.joinedRooms(ada), await eraser.joinedRooms(ada)]).toEqual([[rooms[1]], [rooms[1]]]);
    await eraser.deactivate(ada);
    await eraser.joinedRooms(ada);
    expect(await eraser.joinedRooms(ada)).toEqual([]);
  });

  it("deactivates later where the Matrix Authentication Service does it", async () => {
    const { eraser, ada } = setting("mas");
    expect(await eraser.deactivate(ada)).toEqual({ unbind: "not-told" });
    expect(eraser.homeserver.accounts.get(ada)?.deactivated).toBe(false);
    await eraser.joinedRooms(ada);
    expect(eraser.homeserver.accounts.get(ada)).toMatchObject({ deactivated: true, erased: true });
  });

  it("forgets its runs and writes down late sessions when restarted", async () => {
    const { eraser, ada, rooms } = setting();
    eraser.lateDevices(ada, 2);
    const id = (await eraser.startRedaction(ada, rooms, 10)) ?? "";
    eraser.restarted();
    expect([await eraser.redaction(id), await eraser.deviceCount(ada)]).toEqual([null, 2]);
  });

  it("keeps media it cannot delete at the head of the list", async () => {
    const { eraser, ada } = setting();
    eraser.addMedia(ada, 2, true);
    eraser.addMedia(ada, 120);
    for (const gone of [98, 22, 0]) expect(await eraser.deleteMedia(ada)).toHaveLength(gone);
    expect(await eraser.mediaCount(ada)).toBe(2);
  });

  it("can be broken off around any effect", async () => {
    const { eraser, ada } = setting();
    eraser.watch((method, moment) => {
      if (method === "lock" && moment === "after") throw new Error("killed");
    });
    await expect(eraser.lock(ada)).rejects.toThrow("killed");
    eraser.watch(null);
    expect(eraser.effects).toEqual([`lock ${ada}`]);
  });
});
