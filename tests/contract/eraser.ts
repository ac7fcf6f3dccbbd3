import { beforeAll, describe, expect, it } from "vitest";
import type { Mxid, RoomId } from "#lib/matrix/homeserver.ts";
import type { EraserStage } from "./eraser-stage.ts";

const gone = { membership: "leave", "m.deactivated": true, "org.matrix.msc3759.deactivated": true };

/** What the port promises, and the traps it does not hide; held by the twin and by the adapter on a real Synapse. */
export function eraserContract(name: string, open: () => Promise<EraserStage>): void {
  describe(`${name} as eraser`, () => {
    let stage: EraserStage;
    beforeAll(async () => {
      stage = await open();
      return () => stage.stop();
    });

    /** Lets a run come to its end. */
    async function redact(mxid: Mxid, rooms: RoomId[], limit = 1000) {
      const id = (await stage.eraser.startRedaction(mxid, rooms, limit)) ?? expect.unreachable("one is running");
      return stage.until(async () => {
        const run = await stage.eraser.redaction(id);
        return run?.state === "running" ? null : run;
      });
    }
    const redactions = (ids: readonly string[]) => Promise.all(ids.map((id) => stage.redactionsOf(id)));

    it("suspends and thaws", async () => {
      const ada = await stage.person("suspended one");
      await stage.eraser.suspend(ada, true);
      await stage.eraser.suspend(ada, true);
      expect(await stage.account(ada)).toMatchObject({ suspended: true });
      await stage.eraser.suspend(ada, false);
      expect(await stage.account(ada)).toMatchObject({ suspended: false });
    });

    it("redacts messages and joins in rooms they are in and rooms they left, and nothing else", async () => {
      const ada = await stage.person("redacted");
      const [here, left] = [await stage.room(), await stage.room("10")];
      for (const room of [here, left]) await stage.join(ada, room);
      const covered = [await stage.say(ada, here), await stage.say(ada, left), await stage.joinEvent(ada, here), await stage.joinEvent(ada, left)];
      const passedOver = [await stage.say(ada, here, "m.sticker"), await stage.say(ada, left, "m.sticker")];
      await stage.leave(ada, left);

      expect(await redact(ada, [here, left])).toEqual({ state: "complete", failed: new Map() });
      expect(await redactions(covered)).toEqual([1, 1, 1, 1]);
      expect(await redactions(passedOver)).toEqual([0, 0]);
      // The trap: Synapse does not see what it has redacted already.
      await redact(ada, [left]);
      expect(await redactions(covered)).toEqual([1, 2, 1, 2]);
    });

    it("takes the newest of each room up to the limit", async () => {
      const ada = await stage.person("limited");
      const rooms = [await stage.room(), await stage.room()];
      const said: string[] = [];
      for (const room of rooms) {
        await stage.join(ada, room);
        for (let at = 0; at < 3; at += 1) said.push(await stage.say(ada, room));
      }
      await redact(ada, rooms, 2);
      expect(await redactions(said)).toEqual([0, 1, 1, 0, 1, 1]);
    });

    it("runs once at a time for one person", async () => {
      const ada = await stage.person("hurried");
      const room = await stage.room();
      await stage.join(ada, room);
      // So many that the first run has not ended when the second is asked for, however busy the machine.
      const said: string[] = [];
      for (let at = 0; at < 25; at += 1) said.push(await stage.say(ada, room));
      const id = (await stage.eraser.startRedaction(ada, [room], said.length)) ?? "";
      expect(await stage.eraser.startRedaction(ada, [room], said.length)).toBeNull();
      await stage.until(async () => (await stage.eraser.redaction(id))?.state === "complete");
      expect(await redactions(said)).toEqual(said.map(() => 1));
    });

    it("says when it knows nothing of a run, and when a room is unknown", async () => {
      expect(await stage.eraser.redaction("nosuchrun")).toBeNull();
      const ada = await stage.person("lost");
      expect(await redact(ada, ["!nowhere:nowhere.example" as RoomId])).toMatchObject({ state: "failed" });
    });

    it("fails for a suspended person in rooms before version 11, and only there", async () => {
      const ada = await stage.person("frozen");
      const [old, young] = [await stage.room("10"), await stage.room("11")];
      for (const room of [old, young]) await stage.join(ada, room);
      const said = [await stage.say(ada, old), await stage.say(ada, young)] as const;
      const single = [await stage.say(ada, old, "m.sticker"), await stage.say(ada, young, "m.sticker")] as const;
      await stage.eraser.suspend(ada, true);
      const { state, failed } = await redact(ada, [old, young]) ?? expect.unreachable();
      expect([state, failed.has(said[0]), failed.has(said[1])]).toEqual(["complete", true, false]);
      const puppet = await stage.eraser.actAs(ada);
      await expect(puppet.redact(old, single[0], "a")).rejects.toMatchObject({ name: "HomeserverUnavailable" });
      await puppet.redact(young, single[1], "b");
      await puppet.close();
      expect(await redactions([...said, ...single])).toEqual([0, 1, 0, 1]);
    });

    it("redacts any type as the person where they are joined, once a transaction", async () => {
      const ada = await stage.person("puppet/one");
      const [here, left] = [await stage.room(), await stage.room()];
      for (const room of [here, left]) await stage.join(ada, room);
      const [sticker, lost] = [await stage.say(ada, here, "m.sticker"), await stage.say(ada, left, "m.sticker")];
      await stage.leave(ada, left);
      const puppet = await stage.eraser.actAs(ada);
      await puppet.redact(here, sticker, "txn/1 é");
      await puppet.redact(here, sticker, "txn/1 é");
      await expect(puppet.redact(left, lost, "txn 2")).rejects.toMatchObject({ name: "HomeserverRefused", status: 403, errcode: "M_FORBIDDEN" });
      await puppet.close();
      expect(await redactions([sticker, lost])).toEqual([1, 0]);
      await expect(puppet.redact(here, sticker, "txn 3")).rejects.toThrow();
    });

    it("acts for somebody the homeserver only pretends to listen to", async () => {
      const ada = await stage.person("shadow");
      const room = await stage.room();
      await stage.join(ada, room);
      const said = await stage.say(ada, room, "m.sticker");
      await stage.shadowBan(ada);
      const puppet = await stage.eraser.actAs(ada);
      await puppet.redact(room, said, "t");
      await puppet.leave(room);
      await puppet.close();
      expect([await stage.redactionsOf(said), await stage.eraser.joinedRooms(ada)]).toEqual([1, []]);
    });

    it("is not held to the pace of people, and leaves nothing behind of that", async () => {
      const ada = await stage.person("slow one");
      const rooms = [await stage.room(), await stage.room(), await stage.room()];
      for (const room of rooms) await stage.join(ada, room);
      const said = await Promise.all(rooms.map((room) => stage.say(ada, room, "m.sticker")));
      await stage.slow(ada);
      const puppet = await stage.eraser.actAs(ada);
      for (const [at, room] of rooms.entries()) await puppet.redact(room, said[at] ?? "", "t");
      for (const room of rooms) await puppet.leave(room);
      await puppet.close();
      expect([await redactions(said), await stage.eraser.joinedRooms(ada), await stage.limits(ada)]).toEqual([[1, 1, 1], [], 0]);
    });

    it("leaves, rejects and takes back, saying that the account is gone and nothing more", async () => {
      const ada = await stage.person("leaver");
      const rooms = { joined: await stage.room(), invited: await stage.room(), knocked: await stage.knockRoom() };
      await stage.join(ada, rooms.joined);
      await stage.invite(ada, rooms.invited);
      await stage.knock(ada, rooms.knocked);
      await stage.eraser.suspend(ada, true);
      const puppet = await stage.eraser.actAs(ada);
      for (const room of Object.values(rooms)) {
        await puppet.leave(room);
        const events = await stage.membershipEvents(ada, room);
        await puppet.leave(room);
        expect(await stage.membership(ada, room)).toEqual(gone);
        expect(await stage.membershipEvents(ada, room)).toBe(events);
      }
      await puppet.close();
      expect(await stage.eraser.joinedRooms(ada)).toEqual([]);
    });

    it("has nothing to leave where they left, are banned or never were", async () => {
      const ada = await stage.person("outsider");
      const [left, banned, never] = [await stage.room(), await stage.room(), await stage.room()];
      for (const room of [left, banned]) await stage.join(ada, room);
      await stage.leave(ada, left);
      await stage.ban(ada, banned);
      const puppet = await stage.eraser.actAs(ada);
      for (const room of [left, banned, never, "!nowhere:nowhere.example" as RoomId]) await puppet.leave(room);
      await puppet.close();
      expect(await stage.membership(ada, left)).not.toHaveProperty("m.deactivated");
      expect(await stage.membership(ada, banned)).toMatchObject({ membership: "ban" });
    });

    it("cancels what was to be sent later", async () => {
      const ada = await stage.person("later");
      const room = await stage.room();
      await stage.join(ada, room);
      await stage.addDelayed(ada, room, 3);
      const puppet = await stage.eraser.actAs(ada);
      expect([await puppet.cancelDelayed(), await puppet.cancelDelayed()]).toEqual([3, 0]);
      await puppet.close();
    });

    it("deletes media a hundred at a time until none is left", async () => {
      const ada = await stage.person("painter");
      await stage.addMedia(ada, 101);
      expect(await stage.eraser.mediaCount(ada)).toBe(101);
      expect(await stage.eraser.deleteMedia(ada)).toHaveLength(100);
      expect(await stage.eraser.deleteMedia(ada)).toHaveLength(1);
      expect(await stage.eraser.deleteMedia(ada)).toEqual([]);
      expect(await stage.eraser.mediaCount(ada)).toBe(0);
    });

    it("deactivates with erase, twice as well as once, and the rooms empty after", async () => {
      const ada = await stage.person("erased+one");
      const [room, invited] = [await stage.room(), await stage.room()];
      await stage.join(ada, room);
      await stage.invite(ada, invited);
      await stage.addExternalId(ada);
      expect(await stage.eraser.deviceCount(ada)).toBe(2);
      await stage.eraser.clearIdentities(ada);
      await stage.eraser.clearIdentities(ada);
      expect(await stage.externalIds(ada)).toBe(0);
      const told = { unbind: stage.eraser.authority === "mas" ? "not-told" : "success" };
      expect(await stage.eraser.deactivate(ada)).toEqual(told);
      expect(await stage.eraser.deactivate(ada)).toEqual(told);
      await stage.until(async () => (await stage.account(ada))?.deactivated);
      await stage.until(async () => (await stage.eraser.joinedRooms(ada)).length === 0);
      expect(await stage.account(ada)).toMatchObject({ deactivated: true, erased: true, displayName: null, mails: [] });
      expect(await stage.eraser.deviceCount(ada)).toBe(0);
      for (const each of [room, invited]) expect(await stage.membership(ada, each)).toMatchObject({ membership: "leave" });
    });

    it("does nothing at all while an identity server refuses", async () => {
      // The Matrix Authentication Service queues it, and nobody hears.
      if (stage.eraser.authority === "mas") return;
      const ada = await stage.person("bound");
      const [room, invited] = [await stage.room(), await stage.room()];
      await stage.join(ada, room);
      await stage.invite(ada, invited);
      await stage.bindAtDeadServer(ada, true);
      const before = await stage.account(ada);
      await expect(stage.eraser.deactivate(ada)).rejects.toMatchObject({ name: "HomeserverRefused", status: 400, errcode: "M_UNKNOWN" });
      expect(await stage.account(ada)).toEqual(before);
      expect([await stage.eraser.deviceCount(ada), await stage.eraser.joinedRooms(ada), (await stage.membership(ada, invited)).membership]).toEqual([2, [room], "invite"]);
      await stage.bindAtDeadServer(ada, false);
      expect(await stage.eraser.deactivate(ada)).toEqual({ unbind: "success" });
    });

    it("locks, so that tokens made before are refused", async () => {
      const ada = await stage.person("locked one");
      const room = await stage.room();
      const puppet = await stage.eraser.actAs(ada);
      await stage.eraser.deactivate(ada);
      // A token of the Matrix Authentication Service ends with the account.
      if (stage.eraser.authority === "synapse") expect(await puppet.cancelDelayed()).toBe(0);
      await stage.eraser.lock(ada);
      await stage.eraser.lock(ada);
      await expect(puppet.leave(room)).rejects.toMatchObject({ name: "HomeserverRefused", status: 401 });
      await puppet.close();
      expect(await stage.account(ada)).toMatchObject({ locked: true });
    });

    it("removes a room nobody here is in, and no other", async () => {
      const ada = await stage.person("last one");
      const room = await stage.room();
      await stage.join(ada, room);
      await stage.ownerLeaves(room);
      await expect(stage.eraser.startPurge(room)).rejects.toMatchObject({ name: "HomeserverRefused", status: 409 });
      expect(await stage.eraser.joinedRooms(ada)).toEqual([room]);
      await stage.leave(ada, room);
      const id = await stage.eraser.startPurge(room);
      await stage.until(async () => (await stage.eraser.purge(id)) === "complete");
      expect(await stage.knows(room)).toBe(false);
      expect(await stage.eraser.purge("nosuchpurge")).toBeNull();
    });

    it("refuses for an account that is not there, and makes none", async () => {
      const { eraser, nobody } = stage;
      const asks = [() => eraser.suspend(nobody, true), () => eraser.clearIdentities(nobody), () => eraser.lock(nobody), () => eraser.deactivate(nobody), () => eraser.actAs(nobody)];
      for (const ask of asks) await expect(ask()).rejects.toMatchObject({ name: "HomeserverRefused", status: 404 });
      expect(await stage.account(nobody)).toBeNull();
    });
  });
}
