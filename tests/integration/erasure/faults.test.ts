import { beforeEach, describe, expect, it } from "vitest";
import type { Certificate } from "#lib/erasure/certificate.ts";
import { retryRequest } from "#lib/requests/retry.ts";
import { away, refused } from "#tests/fakes/eraser.ts";
import { makePerson } from "#tests/fixtures/people.ts";
import { type Erasure, erasureWorld } from "./erasure-world.ts";

// One row a fault of the homeserver's (faults.md § 5 S): the right words, the right end.
const world = erasureWorld();
beforeEach(() => world.reset());

const hour = 3_600_000;
const certificateOf = async (id: string) => ((await world.db.certificate.findUniqueOrThrow({ where: { requestId: id } })).document as unknown as { certificate: Certificate }).certificate;
const officer = async () => world.web(await makePerson(world.db, { operator: true, at: world.clock.now() }));

/** As the queue does: again later, whatever it throws. */
async function insist(erasure: Erasure, rounds: number, stepMs = hour): Promise<(string | null)[]> {
  const failures: (string | null)[] = [];
  for (let round = 0; round < rounds; round += 1) {
    failures.push(await erasure.run().then(() => null, (error: { failure?: string }) => error.failure ?? "unexpected"));
    world.clock.advance(stepMs);
  }
  return failures;
}

describe("the homeserver", () => {
  it.each(["startRedaction", "leave", "deleteMedia", "deactivate", "joinedRooms", "lock"] as const)("S01 hs-down-24h at %s: only waits, and is done once when it is back", async (method) => {
    const erasure = await world.running({ small: true });
    erasure.eraser.watch((called) => {
      if (called === method) erasure.eraser.down(away());
    });
    expect((await insist(erasure, 24)).at(-1)).toBe("homeserver_down");
    expect(await erasure.state()).toBe("running");
    const stopped = Object.values(await erasure.steps()).find(({ state }) => state === "intended");
    expect(stopped).toMatchObject({ failure: "homeserver_down" });
    erasure.eraser.watch(null);
    erasure.eraser.down(null);
    expect(await erasure.toTheEnd()).toBe("fulfilled");
    expect(erasure.eraser.repeated()).toEqual([]);
  });

  it.each(["startRedaction", "redact", "leave", "cancelDelayed", "deleteMedia", "clearIdentities", "lock", "startPurge"] as const)("S02 S03 %s: the effect happens and its answer is lost; it does not happen twice", async (method) => {
    const erasure = await world.running({ small: true });
    erasure.eraser.fault({ on: method, error: away(), after: true });
    await insist(erasure, 2, 60_000);
    expect(await erasure.toTheEnd()).toBe("fulfilled");
    expect(erasure.eraser.repeated()).toEqual([]);
  });

  it("S02 K07 deactivated, and the answer is lost: seen as deactivated, verified, not asked for again", async () => {
    const erasure = await world.running({ small: true });
    erasure.eraser.fault({ on: "deactivate", error: away(), after: true });
    await insist(erasure, 2, 60_000);
    expect(await erasure.toTheEnd()).toBe("fulfilled");
    expect(erasure.eraser.effects.filter((effect) => effect.startsWith("deactivate"))).toHaveLength(1);
    expect((await erasure.step("deactivate"))?.facts).toMatchObject({ already: true, unbind: "not-told" });
  });

  it.each([[0, 0], [3600, 3600], [99_999, 3600], [null, null]] as const)("S05 hs-429 with Retry-After %s in the redactions: honoured up to an hour, progress is kept", async (afterSeconds, waitSeconds) => {
    const erasure = await world.running();
    erasure.eraser.fault(...Array.from({ length: 4 }, () => ({ on: "redact" as const, error: away(afterSeconds) })));
    const from = world.clock.now().getTime();
    const error = await erasure.run().then(() => null, (caught: { failure: string; afterSeconds: number | null }) => caught);
    if (error) {
      expect(error).toMatchObject({ failure: "homeserver_down", afterSeconds: afterSeconds ?? null });
      const step = Object.values(await erasure.steps()).find(({ state }) => state === "intended");
      expect(step?.wakeAt ? (step.wakeAt.getTime() - from) / 1000 : null).toBe(waitSeconds);
      // Sooner than it asked, nothing is sent.
      const calls = erasure.eraser.calls.length;
      if (waitSeconds) {
        world.clock.advance((waitSeconds - 1) * 1000);
        await erasure.run();
        expect(erasure.eraser.calls).toHaveLength(calls);
      }
      await insist(erasure, 6);
    }
    expect(await erasure.toTheEnd()).toBe("fulfilled");
    expect(erasure.eraser.repeated()).toEqual([]);
  });

  it("S06 redact-1001: no message stays in a room with more than a thousand", async () => {
    const erasure = await world.running();
    for (let n = 0; n < 1001; n += 1) erasure.eraser.say(erasure.mxid, "!garden:test.example");
    expect(await erasure.toTheEnd()).toBe("fulfilled");
    expect(erasure.eraser.unredacted(erasure.mxid).filter(({ type }) => type === "m.room.message")).toEqual([]);
    expect(erasure.eraser.repeated()).toEqual([]);
  });

  it("S07 redact-left-rooms: thirty left, one banned from, none with a message", async () => {
    const erasure = await world.running();
    for (let n = 0; n < 30; n += 1) {
      const room = erasure.eraser.addRoom(`left${n}`, { version: n % 2 ? "9" : "12" });
      erasure.eraser.setMembership(erasure.mxid, room, "join", { displayname: "Rosa" });
      for (let each = 0; each < 40; each += 1) erasure.eraser.say(erasure.mxid, room);
      erasure.eraser.setMembership(erasure.mxid, room, "leave");
    }
    expect(await erasure.toTheEnd()).toBe("fulfilled");
    expect(erasure.eraser.unredacted(erasure.mxid).filter(({ type, content }) => type === "m.room.message" || "displayname" in content)).toEqual([]);
    expect(erasure.eraser.repeated()).toEqual([]);
    // In batches of about a thousand events.
    expect(erasure.eraser.calls.filter((call) => call === "startRedaction")).toHaveLength(2);
  });

  it("S08 redact-other-types: redacted by ourselves where they are in, counted where they have left", async () => {
    const erasure = await world.running();
    const types = ["m.reaction", "m.sticker", "m.poll.start", "m.poll.response", "m.room.topic", "org.example.custom", "m.room.encrypted", "m.call.invite"];
    for (const type of types) for (const room of ["!garden:test.example", "!left:test.example"]) erasure.eraser.say(erasure.mxid, room, type);
    expect(await erasure.toTheEnd()).toBe("fulfilled");
    const stays = erasure.eraser.unredacted(erasure.mxid).filter(({ type }) => types.includes(type));
    expect(stays.every(({ room }) => room === "!left:test.example")).toBe(true);
    expect((await certificateOf(erasure.id)).failed).toContainEqual({ code: "left_room", count: stays.length });
  });

  it("S09 redact-already-running: waits, no failure", async () => {
    const erasure = await world.running();
    await erasure.eraser.startRedaction(erasure.mxid, ["!garden:test.example" as never], 1);
    await erasure.run();
    expect(await erasure.step("redact")).toMatchObject({ state: "intended", failure: null });
    expect((await erasure.step("redact"))?.wakeAt).not.toBeNull();
    expect(await erasure.toTheEnd()).toBe("fulfilled");
    expect(erasure.eraser.unredacted(erasure.mxid).filter(({ type }) => type === "m.room.message")).toEqual([]);
  });

  it("S10 redact-status-404: what counts is read back", async () => {
    const erasure = await world.running({ small: true });
    erasure.eraser.watch((method, moment) => {
      if (method === "startRedaction" && moment === "after") queueMicrotask(() => erasure.eraser.restarted());
    });
    expect(await erasure.toTheEnd()).toBe("fulfilled");
    expect(erasure.eraser.repeated()).toEqual([]);
  });

  it("S11 failed_redactions: counted by room and reason, never a silent done", async () => {
    const erasure = await world.running();
    const room = erasure.eraser.addRoom("strict", { refuses: "You don't have permission" });
    erasure.eraser.setMembership(erasure.mxid, room, "join");
    for (let n = 0; n < 5; n += 1) erasure.eraser.say(erasure.mxid, room);
    erasure.eyes.old.add(erasure.eraser.say(erasure.mxid, "!left:test.example"));
    expect(await erasure.toTheEnd()).toBe("fulfilled");
    expect((await erasure.step("redact"))?.facts).toMatchObject({ refused: { forbidden: 6 }, stays: { refused: { rooms: 1, events: 6 }, left_room: { rooms: 1, events: 1 } } });
    expect((await certificateOf(erasure.id)).failed).toContainEqual({ code: "refused", count: 6 });
  });

  it("S11 suspended by us, in an old room: thawed for the redactions; by somebody else: left alone and counted", async () => {
    const ours = await world.running({ small: true });
    await ours.eraser.suspend(ours.mxid, true);
    await world.db.erasure.create({ data: { requestId: ours.id, suspendedAt: world.clock.now() } });
    expect(await ours.toTheEnd()).toBe("fulfilled");
    expect(ours.eraser.effects).toContain(`thaw ${ours.mxid}`);
    expect((await certificateOf(ours.id)).failed.map(({ code }) => code)).toEqual(["left_room", "room_works"]);

    const theirs = await world.running({ small: true });
    await theirs.eraser.suspend(theirs.mxid, true);
    expect(await theirs.toTheEnd()).toBe("fulfilled");
    expect(theirs.eraser.effects).not.toContain(`thaw ${theirs.mxid}`);
    expect((await certificateOf(theirs.id)).failed.map(({ code }) => code)).toContain("suspended_old_room");
  });

  it("S12 media-250: a hundred at a time until none is left; what cannot go is said", async () => {
    const erasure = await world.running();
    erasure.eraser.addMedia(erasure.mxid, 2, true);
    expect(await erasure.toTheEnd()).toBe("fulfilled");
    expect((await erasure.step("media"))?.facts).toEqual({ before: 252, deleted: 250, stays: 2 });
    expect((await certificateOf(erasure.id)).failed).toContainEqual({ code: "media", count: 2 });
  });

  it("S13 idserver-400: tried every hour for three days, then the officer decides, and the certificate says so", async () => {
    const erasure = await world.running({ small: true });
    erasure.eraser.addIdentities(erasure.mxid, 1, true);
    erasure.eraser.identityServer("refuses");
    await insist(erasure, 71);
    expect(await erasure.state()).toBe("running");
    expect(erasure.eraser.homeserver.accounts.get(erasure.mxid)?.deactivated).toBe(false);
    expect(await erasure.toTheEnd()).toBe("failed");
    expect(await erasure.step("deactivate")).toMatchObject({ state: "failed", failure: "identity_server_refuses" });
    const ctx = await officer();
    await retryRequest(ctx, { reference: erasure.reference });
    erasure.eraser.identityServer("no-support");
    expect(await erasure.toTheEnd()).toBe("fulfilled");
    expect((await certificateOf(erasure.id)).told).toContainEqual({ target: "identity_server", name: "id.example", state: "not_supported" });
  });

  it("S14 parter-swallow: a room it is still in is found by reading back, and driven again", async () => {
    const erasure = await world.running({ small: true });
    const room = erasure.eraser.addRoom("sticky");
    erasure.eraser.setMembership(erasure.mxid, room, "join");
    erasure.eraser.fault(...Array.from({ length: 6 }, () => ({ on: "leave" as const, error: refused() })));
    for (const id of ["!garden:test.example", "!old:test.example", room]) erasure.eraser.failParting(id, 1);
    expect(await erasure.toTheEnd()).toBe("fulfilled");
    expect(await erasure.eraser.joinedRooms(erasure.mxid)).toEqual([]);
    expect((await erasure.step("verify"))?.facts).toMatchObject({ driven: 1 });
  });

  it("S14 when it will not, it is not called done", async () => {
    const erasure = await world.running({ small: true });
    erasure.eraser.fault(...Array.from({ length: 6 }, () => ({ on: "leave" as const, error: refused() })));
    erasure.eraser.failParting("!garden:test.example", 99);
    expect(await erasure.toTheEnd()).toBe("failed");
    expect(await erasure.step("verify")).toMatchObject({ state: "failed", failure: "erasure_unverified", facts: { missing: "in_rooms" } });
    expect(await world.db.certificate.count({ where: { requestId: erasure.id } })).toBe(0);
    expect(erasure.eraser.effects).not.toContain(`lock ${erasure.mxid}`);
  });

  it.each([["S15 third-party-rule-403", "deactivate", 403], ["S19 admin-token-revoked", "mediaCount", 401], ["S19 admin-token-revoked", "actAs", 403], ["S19 admin-token-revoked", "startRedaction", 401]] as const)("%s at %s: stops for an operator, no partial success", async (_id, method, status) => {
    const erasure = await world.running({ small: true });
    erasure.eraser.fault({ on: method, error: refused(status) });
    expect(await erasure.toTheEnd()).toBe("failed");
    expect(await world.db.request.findUnique({ where: { id: erasure.id } })).toMatchObject({ failure: "homeserver_refused" });
    expect((await world.db.letter.findMany({ where: { requestId: erasure.id } })).map(({ name }) => name)).toContain("dpo-failed");
    expect(await world.db.certificate.count({ where: { requestId: erasure.id } })).toBe(0);
    await retryRequest(await officer(), { reference: erasure.reference });
    expect(await erasure.toTheEnd()).toBe("fulfilled");
    expect(erasure.eraser.repeated()).toEqual([]);
  });

  it("S16 mas-delegated: deactivated late by its queue, or never", async () => {
    const never = await world.running({ small: true, authority: "mas" });
    never.eraser.watch((method) => {
      if (method === "joinedRooms" && never.eraser.effects.some((effect) => effect.startsWith("deactivate"))) never.eraser.down(away());
    });
    expect((await insist(never, 6)).at(-1)).toBe("homeserver_down");
    never.eraser.watch(null);
    never.eraser.down(null);
    expect(await never.toTheEnd()).toBe("fulfilled");
  });

  it("S17 reactivated meanwhile: the officer decides, nobody is erased behind somebody's back", async () => {
    const erasure = await world.running({ small: true });
    await erasure.run();
    expect((await erasure.step("recheck"))?.state).toBe("intended");
    erasure.eraser.addPerson(erasure.mxid, { deactivated: false, erased: false });
    expect(await erasure.toTheEnd()).toBe("failed");
    expect(await erasure.step("recheck")).toMatchObject({ failure: "account_reactivated" });
    expect(erasure.eraser.effects.filter((effect) => effect.startsWith("deactivate"))).toHaveLength(1);
  });

  it("S20 wrong-homeserver-config: stops before the first step, nothing is touched", async () => {
    const erasure = await world.running({ small: true });
    const homeserver = { ...erasure.eraser.homeserver, identify: async () => ({ serverName: "other.example", version: "1", admin: true }) };
    await erasure.run({}, { homeserver });
    expect(await world.db.request.findUnique({ where: { id: erasure.id } })).toMatchObject({ state: "failed", failure: "wrong_homeserver" });
    expect(erasure.eraser.effects).toEqual([]);
  });

  it.each([["another account of the same name", { createdAt: new Date(1_700_000_000_000) }, "account_changed"], ["no account at all", null, "account_gone"]] as const)("I15 %s: nothing is done to it", async (_name, account, failure) => {
    const erasure = await world.running({ small: true });
    if (account) erasure.eraser.addPerson(erasure.mxid, account);
    else erasure.eraser.homeserver.removeAccount(erasure.mxid);
    expect(await erasure.toTheEnd()).toBe("failed");
    expect(await erasure.step("remember")).toMatchObject({ failure });
    expect(erasure.eraser.effects).toEqual([]);
  });

  it("S22 user-writes-during-erasure: what they send after the redactions is redacted before they leave", async () => {
    const erasure = await world.running({ small: true });
    let said = false;
    erasure.eraser.watch((method, moment) => {
      if (method !== "close" || moment !== "after" || said) return;
      said = true;
      erasure.eraser.say(erasure.mxid, "!garden:test.example", "m.room.message", { body: "one more" });
    });
    expect(await erasure.toTheEnd()).toBe("fulfilled");
    expect(erasure.eraser.unredacted(erasure.mxid).filter(({ type }) => type === "m.room.message")).toEqual([]);
    expect((await erasure.step("leave"))?.facts).toMatchObject({ late: 1 });
  });

  it("sessions written down late are ended a day later", async () => {
    const erasure = await world.running({ small: true });
    erasure.eraser.lateDevices(erasure.mxid, 2);
    await erasure.run();
    erasure.eraser.restarted();
    expect(await erasure.toTheEnd()).toBe("fulfilled");
    expect((await erasure.step("recheck"))?.facts).toMatchObject({ late: 2, driven: 1 });
    expect(await erasure.eraser.deviceCount(erasure.mxid)).toBe(0);
  });

  it("a room somebody enters just before it is removed stays", async () => {
    const erasure = await world.running({ small: true });
    erasure.eraser.watch((method, moment) => {
      if (method === "startPurge" && moment === "before") erasure.eraser.setMembership("@bea:test.example", "!old:test.example", "join");
    });
    expect(await erasure.toTheEnd()).toBe("fulfilled");
    expect([...erasure.eraser.rooms.keys()]).toContain("!old:test.example");
    expect((await erasure.step("rooms"))?.facts).toMatchObject({ removed: 0, stays: 0 });
  });
});
