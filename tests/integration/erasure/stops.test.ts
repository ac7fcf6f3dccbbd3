import { beforeEach, describe, expect, it } from "vitest";
import type { Eraser, Puppet } from "#lib/matrix/eraser.ts";
import { claimErasure, leaseMs } from "#lib/erasure/claim.ts";
import { endErasure, failErasure } from "#lib/erasure/end.ts";
import { conclude, intend, note, postpone } from "#lib/erasure/gate.ts";
import type { Stopped } from "#lib/erasure/lease.ts";
import { apply } from "#lib/requests/apply.ts";
import { stepNames } from "#lib/erasure/step-names.ts";
import { type Erasure, erasureWorld } from "./erasure-world.ts";

// Inv. I3: nothing irreversible before its time, under a hold, after "not me", or by a clock that is wrong.
const world = erasureWorld();
beforeEach(() => world.reset());

type Change = "held" | "frozen";

/** The homeserver's port, with something that happens to the request right after the first call of a method. */
function changing(erasure: Erasure, method: string, change: () => Promise<unknown>): Eraser {
  let done = false;
  const after = <T extends object>(port: T): T =>
    new Proxy(port, {
      get: (target, key) => {
        const real = Reflect.get(target, key) as unknown;
        if (typeof real !== "function") return real;
        return async (...args: unknown[]) => {
          const answer = (await (real as (...given: unknown[]) => Promise<unknown>)(...args));
          if (key === method && !done) {
            done = true;
            await change();
          }
          return key === "actAs" ? after(answer as Puppet) : answer;
        };
      },
    });
  return after<Eraser>(erasure.eraser);
}

async function stop(erasure: Erasure, change: Change): Promise<void> {
  const event = change === "frozen" ? ({ type: "frozen" } as const) : ({ type: "held", by: erasure.actor.personId, reason: "legal_claims", text: "A claim is before the court." } as const);
  await apply(erasure.ctx(), erasure.id, event);
}

describe("a request that changes while it runs", () => {
  it.each(["held", "frozen"] as const)("%s before the first step: nothing begins, and it goes on when that is lifted", async (change) => {
    const erasure = await world.running({ small: true });
    await stop(erasure, change);
    await erasure.run();
    expect([erasure.eraser.effects, await erasure.steps()]).toEqual([[], {}]);
    await apply(erasure.ctx(), erasure.id, change === "held" ? { type: "unheld", by: erasure.actor.personId } : { type: "released", by: erasure.actor.personId, reason: "person_confirmed" });
    expect(await erasure.toTheEnd()).toBe("fulfilled");
  });

  it.each(
    (["held", "frozen"] as const).flatMap((change) => [["startRedaction", "redact"], ["leave", "leave"], ["deleteMedia", "media"], ["deactivate", "deactivate"]].map(([method = "", step = ""]) => [change, method, step] as const)),
  )("%s during %s: no later step starts", async (change, method, step) => {
    const erasure = await world.running({ small: true });
    await erasure.run({}, { eraser: changing(erasure, method, () => stop(erasure, change)) });
    await erasure.run();
    const steps = await erasure.steps();
    const last = stepNames.findLastIndex((name) => steps[name] !== undefined);
    expect(last).toBeLessThanOrEqual(stepNames.indexOf(step as "redact"));
    expect(await erasure.state()).toBe("running");
    const effects = erasure.eraser.effects.length;
    world.clock.advance(7 * 86_400_000);
    await erasure.run();
    expect(erasure.eraser.effects).toHaveLength(effects);
    await apply(erasure.ctx(), erasure.id, change === "held" ? { type: "unheld", by: erasure.actor.personId } : { type: "released", by: erasure.actor.personId, reason: "person_confirmed" });
    expect(await erasure.toTheEnd()).toBe("fulfilled");
    expect(erasure.eraser.repeated().filter((effect) => !effect.startsWith("deactivate"))).toEqual([]);
  });
});

describe("a claim that somebody else has taken over", () => {
  it("writes no intent, no progress, no end and no failure", async () => {
    const erasure = await world.running({ small: true });
    const ctx = erasure.ctx();
    const other = async () => world.clock.now();
    const old = await claimErasure(ctx, erasure.id);
    if (!old) throw new Error("nothing to claim");
    const row = await intend(ctx, old, other, "remember");
    world.clock.advance(leaseMs);
    await claimErasure(ctx, erasure.id);
    const late = [intend(ctx, old, other, "announce"), note(ctx, old, other, "remember", { rooms: 1 }), conclude(ctx, old, row, { is: "done", facts: {} }), failErasure(ctx, old, "remember", "account_gone"), endErasure(ctx, old)];
    expect((await Promise.allSettled(late)).map((result) => (result.status === "rejected" ? (result.reason as Stopped).why : "written"))).toEqual(late.map(() => "fence"));
    await postpone(ctx, old, "remember", "homeserver_down", world.clock.now());
    expect(await erasure.steps()).toMatchObject({ remember: { state: "intended", facts: {}, failure: null, wakeAt: null } });
    expect(await erasure.state()).toBe("running");
  });
});

describe("time", () => {
  it("T06 a millisecond before its time nothing begins; at it, it does", async () => {
    const erasure = await world.running({ small: true });
    await world.db.request.update({ where: { id: erasure.id }, data: { notBefore: new Date(world.clock.now().getTime() + 1) } });
    await erasure.run();
    expect([erasure.eraser.effects, await erasure.steps()]).toEqual([[], {}]);
    world.clock.advance(1);
    await erasure.run();
    expect(Object.keys(await erasure.steps()).length).toBeGreaterThan(5);
  });

  it.each([["our own clock", 30_000, 0], ["the database's clock", 0, 30_000]])("T06 nothing begins while %s says that it is not time yet", async (_name, ours, theirs) => {
    const erasure = await world.running({ small: true });
    const notBefore = world.clock.now().getTime() + 10_000;
    await world.db.request.update({ where: { id: erasure.id }, data: { notBefore: new Date(notBefore) } });
    world.clock.set(new Date(notBefore + 1 - ours));
    await erasure.run({ other: async () => new Date(notBefore + 1 - theirs) });
    expect([erasure.eraser.effects, await erasure.steps()]).toEqual([[], {}]);
  });

  it("without a time at all nothing begins", async () => {
    const erasure = await world.running({ small: true });
    await world.db.request.update({ where: { id: erasure.id }, data: { notBefore: null } });
    await erasure.run();
    expect(erasure.eraser.effects).toEqual([]);
  });

  it.each([["a worker 400 days ahead", -400 * 24], ["a worker 400 days behind", 400 * 24], ["a database an hour ahead", 1], ["a database an hour behind", -1]])("T02 %s: nothing is done, and it says so", async (_name, hours) => {
    const erasure = await world.running({ small: true });
    const other = async () => new Date(world.clock.now().getTime() + hours * 3_600_000);
    await expect(erasure.run({ other })).rejects.toMatchObject({ name: "RetryLater", failure: "clocks_disagree" });
    expect([erasure.eraser.effects, await erasure.steps()]).toEqual([[], {}]);
  });

  it("T02 a clock that jumps between two steps stops the next one", async () => {
    const erasure = await world.running({ small: true });
    let looks = 0;
    const other = async () => new Date(world.clock.now().getTime() + (looks++ > 6 ? 3_600_000 : 0));
    await expect(erasure.run({ other })).rejects.toMatchObject({ failure: "clocks_disagree" });
    expect(Object.keys(await erasure.steps()).length).toBeLessThan(stepNames.length);
    expect(await erasure.toTheEnd()).toBe("fulfilled");
    expect(erasure.eraser.repeated()).toEqual([]);
  });
});
