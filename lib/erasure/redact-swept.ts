import { keyed } from "#lib/requests/keys.ts";
import type { RoomId } from "#lib/matrix/homeserver.ts";
import type { RoomLeft } from "./eyes.ts";
import { isOld } from "./room-version.ts";
import { count, type Facts, type Run, tally, text } from "./step.ts";

/** Events a background redaction gets at once, roughly: large bursts break paging and sync for everybody. */
const mostEvents = 1_000;
const mostRooms = 100;
/**
 * In a room they are in, more than this is left to redact-own.ts: each of the job's redactions adds a forward extremity, so that
 * a room with thousands of them becomes slower with every one, for everybody (2,500 were not done in 400 s on a busy machine).
 */
const mostWhereJoined = 100;
/** Polls of one redaction in one go, and what they wait: 0.1 s at first, two seconds at most. */
const polls = 20;
const slowest = 2_000;

export interface Progress {
  readonly facts: Facts;
  /** Seconds to wait; null: nothing is left that this could redact. */
  readonly waits: number | null;
}

/** A name for a room among the facts: facts hold no ids. */
export const roomKey = ({ ctx }: Pick<Run, "ctx">, room: RoomId): string => keyed(ctx.secret, "register", `room ${room}`).toString("base64url").slice(0, 12);

/** Messages older than this (ms) nobody may redact here; null: no limit. */
export function oldest({ ctx }: Pick<Run, "ctx">): number | null {
  return ctx.policy.redactionAllowedMs === null ? null : ctx.now().getTime() - ctx.policy.redactionAllowedMs;
}

/**
 * Lets the homeserver redact what its own job covers, room by room until a look into its database finds nothing left or
 * no progress. The id of a job is a hint; what counts is read back. A room the person is in is given to the job once:
 * the job would redact again what it has, so the rest is ours (redact-own.ts).
 */
export async function redactSwept(run: Run, begun: Facts): Promise<Progress> {
  const { eraser } = run.ctx;
  const suspended = (await run.account()).suspended;
  const joined = new Set(await eraser.joinedRooms(run.mxid));
  let facts = begun;
  for (;;) {
    const task = text(facts.task);
    if (task !== null) {
      if (!(await ended(run, task))) return { facts, waits: 20 };
      facts = await settle(run, facts);
      await run.note(facts);
    }
    if (run.tired()) return { facts, waits: 0 };
    const stuck = tally(facts.stuck);
    const left = await run.eyes.left(run.mxid, oldest(run));
    // A room the homeserver no longer knows would end the job for all after it.
    const suits = ({ room, version, swept }: RoomLeft) => version !== null && (!joined.has(room) || swept <= mostWhereJoined) && !(suspended && isOld(version));
    const todo = left.filter((each) => each.swept > each.tooOld && suits(each) && stuck[roomKey(run, each.room)] === undefined);
    const batch = some(todo);
    if (batch.length === 0) return { facts, waits: null };
    const limit = Math.max(...batch.map(({ total }) => total)) + 100;
    const id = await eraser.startRedaction(run.mxid, batch.map(({ room }) => room), limit);
    // One is running already, perhaps ours of before a crash (S09): its end is read back.
    if (id === null) return { facts, waits: 15 };
    facts = { ...facts, task: id, rounds: count(facts.rounds) + 1, batch: Object.fromEntries(batch.map((each) => [roomKey(run, each.room), each.swept])) };
    await run.note(facts);
  }
}

function some(todo: readonly RoomLeft[]): readonly RoomLeft[] {
  const batch: RoomLeft[] = [];
  let events = 0;
  for (const room of todo) {
    if (batch.length > 0 && (events + room.swept > mostEvents || batch.length >= mostRooms)) break;
    batch.push(room);
    events += room.swept;
  }
  return batch;
}

async function ended(run: Run, task: string): Promise<boolean> {
  for (let poll = 0; poll < polls; poll += 1) {
    const found = await run.ctx.eraser.redaction(task);
    // null: forgotten after a restart or a week (S10).
    if (found?.state !== "running") return true;
    await run.pause(Math.min(slowest, 100 * 2 ** poll));
  }
  return false;
}

/** Rooms of the batch with something left that the job will not get by being asked again. */
async function settle(run: Run, facts: Facts): Promise<Facts> {
  const before = tally(facts.batch);
  const joined = new Set(await run.ctx.eraser.joinedRooms(run.mxid));
  const stuck = { ...tally(facts.stuck) };
  for (const each of await run.eyes.left(run.mxid, oldest(run))) {
    const was = before[roomKey(run, each.room)];
    if (was !== undefined && each.swept > 0 && (joined.has(each.room) || each.swept >= was)) stuck[roomKey(run, each.room)] = each.swept;
  }
  return { ...facts, task: null, batch: {}, stuck };
}
