import { beforeEach, describe, expect, it } from "vitest";
import { leaseMs } from "#lib/erasure/claim.ts";
import { runErasure } from "#lib/erasure/run.ts";
import { stepNames } from "#lib/erasure/step-names.ts";
import { dieAt, Killed } from "./death.ts";
import { type Erasure, erasureWorld } from "./erasure-world.ts";

// K03: one death at every moment of an erasure there is. Whatever the moment, the next worker comes to the same end.
const world = erasureWorld();
beforeEach(() => world.reset());

/** Runs as a worker that dies at moment `n` counted over all its runs, and then as one that does not. Null: it was over before. */
async function withDeathAt(n: number | null): Promise<{ erasure: Erasure; died: string | null; moments: readonly string[] }> {
  const erasure = await world.running({ small: true });
  const death = dieAt(erasure, world.db, n);
  let died: string | null = null;
  for (let round = 0; round < 12 && died === null && (await erasure.state()) === "running"; round += 1) {
    const doomed = { ...erasure.ctx(death.ctx), db: death.db };
    try {
      await runErasure(doomed, { requestId: erasure.id }, erasure.options);
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
    // The last thing a worker does is to let go of its lease, and it does not mind if that fails.
    if (n !== null && death.moments.length > n) died = death.moments.at(-1) ?? "";
    const waiting = await world.db.erasureStep.findFirst({ where: { requestId: erasure.id, wakeAt: { not: null } } });
    world.clock.set(new Date(Math.max(waiting?.wakeAt?.getTime() ?? 0, world.clock.now().getTime() + 60_000)));
  }
  death.over();
  world.clock.advance(leaseMs + 1);
  if ((await erasure.state()) === "running") await erasure.toTheEnd();
  return { erasure, died, moments: death.moments };
}

/** All that must be the same, however often it was killed. */
async function endOf(erasure: Erasure) {
  const { eraser, mxid, id } = erasure;
  const steps = await erasure.steps();
  const account = eraser.homeserver.accounts.get(mxid);
  const audit = (await world.audit(id)).map(({ event, data }) => `${event} ${(data as { step?: string }).step ?? ""}`);
  return {
    state: await erasure.state(),
    steps: stepNames.map((name) => steps[name]?.state),
    unredacted: eraser.unredacted(mxid).filter(({ type }) => type !== "m.room.member").map(({ type }) => type),
    account: [account?.deactivated, account?.erased, account?.locked, account?.mails],
    media: await eraser.mediaCount(erasure.actor.mxid),
    rooms: [...eraser.rooms.keys()],
    // A second deactivation is harmless, and read-back alone cannot tell that the first was heard.
    twice: eraser.repeated().filter((effect) => !effect.startsWith("deactivate")),
    notices: (await world.db.erasureNotice.findMany({ where: { requestId: id }, orderBy: [{ target: "asc" }, { name: "asc" }] })).map(({ target, name }) => `${target} ${name}`),
    audit: audit.filter((line, at) => audit.indexOf(line) !== at),
    certificates: await world.db.certificate.count({ where: { requestId: id } }),
    letters: (await world.db.letter.findMany({ where: { requestId: id }, orderBy: [{ name: "asc" }, { channel: "asc" }] })).map(({ name, channel }) => `${name} ${channel}`),
    memory: (await world.db.erasure.findUniqueOrThrow({ where: { requestId: id } })).memory !== null,
  };
}

describe("K03 a worker that dies", () => {
  it("at any moment: the same end, and nothing happens twice", async () => {
    const whole = await withDeathAt(null);
    const expected = await endOf(whole.erasure);
    expect(expected).toMatchObject({ state: "fulfilled", twice: [], audit: [], certificates: 1, media: 0 });
    expect(whole.moments.length).toBeGreaterThan(120);

    const different: { at: string; end: object }[] = [];
    for (let n = 0; n < whole.moments.length; n += 1) {
      world.reset();
      const { erasure, died } = await withDeathAt(n);
      const end = await endOf(erasure);
      if (died === null || JSON.stringify(end) !== JSON.stringify(expected)) different.push({ at: `${n} ${died ?? "nowhere"}`, end });
    }
    expect(different).toEqual([]);
  }, 600_000);
});
