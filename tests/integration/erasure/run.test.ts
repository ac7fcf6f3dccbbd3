import { beforeEach, describe, expect, it } from "vitest";
import { readRegister } from "#lib/erasure/register-file.ts";
import { markOf } from "#lib/erasure/register.ts";
import { openMemory } from "#lib/erasure/seal-memory.ts";
import { stepNames } from "#lib/erasure/step-names.ts";
import { testSecret } from "#tests/fixtures/context.ts";
import type { Eraser } from "#lib/matrix/eraser.ts";
import { type Erasure, erasureWorld } from "./erasure-world.ts";
import { bea } from "./rich-account.ts";

const world = erasureWorld();
beforeEach(() => world.reset());

describe("the whole road", () => {
  it("goes from the intent of the first step to the certificate, and nothing happens twice", async () => {
    const erasure = await world.running();
    expect(await erasure.toTheEnd()).toBe("fulfilled");
    const { eraser, mxid } = erasure;
    const steps = await erasure.steps();
    expect(stepNames.map((name) => [name, steps[name]?.state])).toEqual(stepNames.map((name) => [name, "done"]));
    expect(eraser.repeated()).toEqual([]);
    expect(eraser.unredacted(mxid).filter(({ type }) => type !== "m.room.member").map(({ type, room }) => `${type} ${room}`)).toEqual(["m.room.create !old:test.example", "m.reaction !left:test.example"]);
    expect(eraser.unredacted(mxid).filter(({ content }) => "displayname" in content)).toEqual([]);
    expect(eraser.events.filter((event) => event.sender === bea && event.redactions > 0)).toEqual([]);
    expect(eraser.homeserver.accounts.get(mxid)).toMatchObject({ deactivated: true, erased: true, locked: true, mails: [] });
    expect([...eraser.rooms.keys()].sort()).toEqual(["!banned:test.example", "!garden:test.example", "!invited:test.example", "!knocked:test.example", "!left:test.example"]);
    // Each room it left says that the account is gone for good (MSC3759), and no name.
    const leaves = eraser.events.filter((event) => event.sender === mxid && event.content.membership === "leave" && event.room !== "!left:test.example");
    expect(leaves.map(({ content }) => content)).toEqual(leaves.map(() => ({ "m.deactivated": true, "org.matrix.msc3759.deactivated": true, membership: "leave" })));
    expect(leaves.map(({ room }) => room).sort()).toEqual(["!garden:test.example", "!invited:test.example", "!knocked:test.example", "!old:test.example"]);
  });

  it("records what was done in counts, and names nobody", async () => {
    const erasure = await world.running();
    await erasure.toTheEnd();
    const steps = await erasure.steps();
    expect(Object.fromEntries(stepNames.map((name) => [name, steps[name]?.facts]))).toMatchObject({
      remember: { rooms: 6, addresses: 1, externalIds: 1, devices: 2 },
      announce: { skipped: "no_letter" },
      thaw: { skipped: "not_suspended" },
      redact: { before: 21, after: 1, stays: { room_works: { rooms: 1, events: 1 }, left_room: { rooms: 1, events: 1 } } },
      leave: { left: 2, rejected: 2, stays: 0 },
      delayed: { cancelled: 2 },
      media: { before: 250, deleted: 250, stays: 0 },
      identities: { externalIds: 1 },
      deactivate: { unbind: "success" },
      verify: { locked: true },
      rooms: { removed: 1, stays: 0 },
      tell: { homeservers: 1, appservices: 1, identityServers: 1 },
      recheck: { late: 0, unexplained: 0 },
      certificate: { issued: true },
    });
    const outside = JSON.stringify([steps, await world.audit(erasure.id), world.log.lines, world.queue.jobs]);
    for (const personal of [erasure.mxid, "Rosa", "rosa@example.org", "!garden", "$event"]) expect(outside).not.toContain(personal);
    const events = (await world.audit(erasure.id)).map(({ event, data }) => `${event}${(data as { step?: string }).step ? ` ${(data as { step?: string }).step}` : ""}`);
    expect(events).toEqual([...stepNames.slice(0, -1).map((name) => `step_done ${name}`), "certified", "step_done certificate", "erased"]);
  });

  it("keeps the memory sealed, notes the erasure in the register, and asks for the others to be told", async () => {
    const erasure = await world.running();
    await erasure.toTheEnd();
    const { memory } = await world.db.erasure.findUniqueOrThrow({ where: { requestId: erasure.id } });
    expect(Buffer.from(memory ?? []).toString("latin1")).not.toContain(erasure.mxid);
    expect(openMemory(testSecret, erasure.id, memory ?? new Uint8Array()).mails).toEqual(["rosa@example.org"]);
    const mark = markOf(testSecret, erasure.mxid, 0);
    expect((await readRegister(`${world.folder}/register.ndjson`)).filter((entry) => entry.mark === mark)).toMatchObject([{ redacted: true }]);
    expect(await world.db.erasedAccount.findUnique({ where: { mark } })).toMatchObject({ redacted: true, driftAt: null });
    const notices = await world.db.erasureNotice.findMany({ where: { requestId: erasure.id }, orderBy: { target: "asc" } });
    expect(notices.map(({ target, name, state }) => [target, name, state])).toEqual([["appservice", "irc", "waiting"], ["homeserver", "far.example", "waiting"], ["identity_server", "id.example", "acknowledged"]]);
    expect(world.queue.of("erasure.tell").map(({ data }) => data)).toEqual(expect.arrayContaining(notices.slice(0, 2).map(({ id }) => ({ noticeId: id }))));
    expect((await world.db.letter.findMany({ where: { requestId: erasure.id } })).map(({ name }) => name)).toEqual(["erasure-done", "erasure-done"]);
  });

  it("where messages are not redacted, only names in the rooms they are in", async () => {
    const erasure = await world.running({ options: { redact: false } });
    expect(await erasure.toTheEnd()).toBe("fulfilled");
    const redacted = erasure.eraser.events.filter(({ sender, redactions }) => sender === erasure.mxid && redactions > 0);
    expect(redacted.map(({ type, room }) => `${type} ${room}`)).toEqual(["m.room.member !garden:test.example", "m.room.member !old:test.example"]);
    expect((await erasure.step("redact"))?.facts).toMatchObject({ skipped: "not_chosen", names: 2 });
    expect(erasure.eraser.calls).not.toContain("startRedaction");
  });

  it("has nothing to do for a request that is not running, frozen, held or no erasure", async () => {
    for (const request of [{ state: "grace" }, { state: "withdrawn" }, { state: "failed" }, { frozenAt: new Date() }, { heldAt: new Date() }, { kind: "export" }] as const) {
      const erasure = await world.running({ request });
      await erasure.run();
      expect([await world.db.erasureStep.count({ where: { requestId: erasure.id } }), erasure.eraser.effects, erasure.eraser.calls]).toEqual([0, [], []]);
    }
  });

  it("through the Matrix Authentication Service: waits until its queue has done it", async () => {
    const erasure = await world.running({ authority: "mas" });
    expect(await erasure.toTheEnd()).toBe("fulfilled");
    expect(erasure.eraser.homeserver.accounts.get(erasure.mxid)).toMatchObject({ deactivated: true, erased: true });
    const [identity] = await world.db.erasureNotice.findMany({ where: { requestId: erasure.id, target: "identity_server" } });
    expect(identity).toMatchObject({ state: "unreachable", failure: "unbind_unknown" });
  });
});

describe("two workers", () => {
  it("C05 at the same moment: one works, the other comes back later, and nothing happens twice", async () => {
    const erasure = await world.running({ small: true });
    const results = await Promise.allSettled(Array.from({ length: 4 }, () => erasure.run()));
    // Whoever comes when the first is through with what it could do finds a step that waits.
    expect(results.filter(({ status }) => status === "fulfilled").length).toBeGreaterThanOrEqual(1);
    const claims = await world.db.erasure.findUniqueOrThrow({ where: { requestId: erasure.id } });
    expect(claims.fence).toBe(results.filter(({ status }) => status === "fulfilled").length);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject({ failure: "busy" });
    expect(await erasure.toTheEnd()).toBe("fulfilled");
    expect(erasure.eraser.repeated()).toEqual([]);
    expect(await world.db.certificate.count({ where: { requestId: erasure.id } })).toBe(1);
  });

  it("C06 when the first was only slow, it starts no further step", async () => {
    const erasure = await world.running({ small: true });
    let overtaken = false;
    erasure.eraser.watch((method) => {
      if (method !== "deleteMedia" || overtaken) return;
      overtaken = true;
      world.clock.advance(61_000);
    });
    // The second claims while the first is at the media.
    const second = new Promise<void>((resolve, reject) => {
      const timer = setInterval(() => {
        if (!overtaken) return;
        clearInterval(timer);
        erasure.run().then(resolve, reject);
      }, 1);
    });
    await Promise.all([erasure.run(), second]);
    expect(world.log.lines.filter(({ event }) => event === "erasure_stopped").map(({ fields }) => fields.why)).toEqual(["fence"]);
    expect(await erasure.toTheEnd()).toBe("fulfilled");
    expect(erasure.eraser.repeated()).toEqual([]);
  });

  it("on two erasures: accounts are deactivated one at a time", async () => {
    const [one, two] = [await world.running({ small: true }), await world.running({ small: true })];
    let inside = 0;
    let most = 0;
    const slow = ({ eraser }: Erasure): Eraser => ({
      ...eraser,
      async deactivate(mxid) {
        inside += 1;
        most = Math.max(most, inside);
        await new Promise((resolve) => setTimeout(resolve, 300));
        inside -= 1;
        return await eraser.deactivate(mxid);
      },
    });
    await Promise.all([one, two].map((each) => each.run({}, { eraser: slow(each) })));
    expect([await one.toTheEnd(), await two.toTheEnd()]).toEqual(["fulfilled", "fulfilled"]);
    expect(most).toBe(1);
  });
});
