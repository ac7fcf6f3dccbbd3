import { beforeEach, describe, expect, it } from "vitest";
import { givenUp } from "#lib/worker/given-up.ts";
import { nudge } from "#lib/requests/nudge.ts";
import { erasureWorld, type Erasure } from "./erasure-world.ts";

const world = erasureWorld();
beforeEach(() => world.reset());

const hour = 3_600_000;
const letter = (erasure: Erasure, state: "queued" | "sent" | "failed" = "queued") =>
  world.db.letter.create({ data: { requestId: erasure.id, name: "erasure-begins", channel: "mail", state, createdAt: world.clock.now() } });

describe("the final letter", () => {
  it("is waited for before anything is touched", async () => {
    const erasure = await world.running({ small: true });
    const { id } = await letter(erasure);
    await erasure.run();
    expect([erasure.eraser.effects, (await erasure.step("announce"))?.facts]).toEqual([[], { sent: 0, failed: 0, without: 0, waiting: 1 }]);
    // Before its time the row keeps everybody from knocking.
    await erasure.run();
    expect((await erasure.step("announce"))?.tries).toBe(1);
    await world.db.letter.update({ where: { id }, data: { state: "sent" } });
    world.clock.advance(60_000);
    await erasure.run();
    expect((await erasure.step("announce"))?.state).toBe("done");
    expect(erasure.eraser.effects.length).toBeGreaterThan(5);
  });

  it("that nobody takes holds it up for a day, not longer", async () => {
    const erasure = await world.running({ small: true });
    await letter(erasure);
    for (let hours = 0; hours < 24; hours += 1) {
      await erasure.run();
      expect(erasure.eraser.effects).toEqual([]);
      world.clock.advance(hour);
    }
    await erasure.run();
    expect(await erasure.step("announce")).toMatchObject({ state: "done", facts: { waiting: 1 } });
    expect(erasure.eraser.effects.length).toBeGreaterThan(5);
  });
});

describe("the sweep", () => {
  it("knocks where a step's time has come, not before, and not where a worker is at it", async () => {
    const erasure = await world.running({ small: true });
    await erasure.run();
    expect((await erasure.step("recheck"))?.wakeAt).toEqual(new Date(world.clock.now().getTime() + 24 * hour));
    const knocks = async () => {
      world.queue.clear();
      await nudge(erasure.ctx());
      return world.queue.of("erasure.run").filter(({ data }) => (data as { requestId: string }).requestId === erasure.id).length;
    };
    expect(await knocks()).toBe(0);
    world.clock.advance(24 * hour);
    expect(await knocks()).toBe(1);
    await world.db.erasure.update({ where: { requestId: erasure.id }, data: { leaseUntil: new Date(world.clock.now().getTime() + 1000) } });
    expect(await knocks()).toBe(0);
  });
});

describe("a job that has used up its tries", () => {
  it.each([["homeserver_down", "running"], ["busy", "running"], ["database_down", "running"], ["unexpected", "failed"]] as const)("of %s: the request is %s", async (failure, state) => {
    const erasure = await world.running({ small: true });
    await letter(erasure);
    await erasure.run();
    await givenUp(erasure.ctx())("erasure.run", { requestId: erasure.id }, failure);
    expect(await erasure.state()).toBe(state);
    expect((await erasure.step("announce"))?.state).toBe(state === "failed" ? "failed" : "intended");
    // Said twice, it is said once.
    await givenUp(erasure.ctx())("erasure.run", { requestId: erasure.id }, failure);
    expect(await erasure.state()).toBe(state);
  });
});
