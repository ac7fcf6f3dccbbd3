import { HomeserverRefused, type RoomId } from "#lib/matrix/homeserver.ts";
import type { Puppet } from "#lib/matrix/eraser.ts";
import { redactOwn } from "../redact-own.ts";
import { count, done, type Facts, type Run, type Step, waits } from "../step.ts";

const noteEvery = 20;

/**
 * Leaves every room with `m.deactivated` (MSC3759), rejects invites, takes back knocks, until no progress: what stays is
 * left to the homeserver's own leaving on deactivation, and read back after it. What they wrote since the last step
 * is redacted first (S22).
 */
export const leave: Step = {
  name: "leave",
  async act(run) {
    let facts = run.facts;
    if (run.options.redact) {
      const late = await redactOwn(run, facts, false);
      if (late.waits !== null) return waits(run, late.waits, late.facts);
      facts = { ...late.facts, late: count(late.facts.own) };
    }
    for (let before = Infinity; ; ) {
      const [joined, pending] = [await run.ctx.eraser.joinedRooms(run.mxid), await run.eyes.pending(run.mxid)];
      const stays = joined.length + pending.length;
      if (stays === 0 || stays >= before) return done({ left: count(facts.left), rejected: count(facts.rejected), late: count(facts.late), stays });
      before = stays;
      facts = await leaveAll(run, facts, joined, pending);
    }
  },
};

async function leaveAll(run: Run, begun: Facts, joined: readonly RoomId[], pending: readonly RoomId[]): Promise<Facts> {
  let facts = begun;
  const puppet = await run.ctx.eraser.actAs(run.mxid);
  try {
    let acted = 0;
    for (const [rooms, name] of [[joined, "left"], [pending, "rejected"]] as const) {
      for (const room of rooms) {
        if (await leaveOne(puppet, room)) facts = { ...facts, [name]: count(facts[name]) + 1 };
        acted += 1;
        if (acted % noteEvery === 0) await run.note(facts);
      }
    }
  } finally {
    await puppet.close().catch(() => undefined);
  }
  await run.note(facts);
  return facts;
}

/** The room of the server's notices, say, lets nobody reject its invite. */
async function leaveOne(puppet: Puppet, room: RoomId): Promise<boolean> {
  try {
    await puppet.leave(room);
    return true;
  } catch (error) {
    if (error instanceof HomeserverRefused && error.status !== 401) return false;
    throw error;
  }
}
