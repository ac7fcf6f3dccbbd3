import { RetryLater } from "#lib/errors.ts";
import { keyed } from "#lib/requests/keys.ts";
import { HomeserverRefused, HomeserverUnavailable, type RoomId } from "#lib/matrix/homeserver.ts";
import type { Puppet } from "#lib/matrix/eraser.ts";
import type { ErasureFailure } from "./failures.ts";
import type { OwnEvent } from "./eyes.ts";
import { isOld } from "./room-version.ts";
import { Pace } from "./pace.ts";
import { oldest, type Progress } from "./redact-swept.ts";
import { count, type Facts, type Run, tally } from "./step.ts";

const pageSize = 2_000;
const noteEvery = 50;
/** Retry-After so short that it is waited for here. */
const shortPause = 5;
const tries = 3;

/**
 * Redacts as the person what the homeserver's own job leaves: other types, and what it failed at, in the rooms they are
 * in. The transaction id follows from the event, so a repeat redacts nothing twice. What is refused is counted by code.
 * @param names only their membership events that hold a name, a picture or a reason
 */
export async function redactOwn(run: Run, begun: Facts, names: boolean): Promise<Progress> {
  const rooms = await inWhich(run);
  let facts: Facts = { ...begun, refused: {} };
  if (rooms.length === 0) return { facts, waits: null };
  const puppet = await run.ctx.eraser.actAs(run.mxid);
  const pace = new Pace();
  try {
    for (let after = ""; ; ) {
      const page = await run.eyes.leftIn(run.mxid, rooms, { after, size: pageSize, names, since: oldest(run) });
      let noted = 0;
      for (let at = 0; at < page.length; ) {
        const some = page.slice(at, at + pace.width);
        facts = counted(facts, await redactSome(run, puppet, some, pace));
        at += some.length;
        if (at - noted >= noteEvery) {
          await run.note(facts);
          noted = at;
        }
        if (run.tired()) return { facts, waits: 0 };
      }
      await run.note(facts);
      const last = page.at(-1);
      if (page.length < pageSize || !last) return { facts, waits: null };
      after = last.id;
    }
  } finally {
    // Best effort: the token ends by itself.
    await puppet.close().catch(() => undefined);
  }
}

function counted(begun: Facts, refusals: readonly (string | null)[]): Facts {
  const refused = { ...tally(begun.refused) };
  for (const code of refusals) if (code !== null) refused[code] = (refused[code] ?? 0) + 1;
  return { ...begun, own: count(begun.own) + refusals.filter((code) => code === null).length, refused };
}

/** At the same time; each is waited for, also when one of them fails, so that nothing goes on behind our back. */
async function redactSome(run: Run, puppet: Puppet, events: readonly OwnEvent[], pace: Pace): Promise<(string | null)[]> {
  const began = performance.now();
  const answers = await Promise.allSettled(events.map((event) => redactOne(run, puppet, event, pace)));
  const failed = answers.find((answer) => answer.status === "rejected");
  if (failed) throw failed.reason;
  pace.heard(performance.now() - began);
  if (pace.delay > 0) await run.pause(pace.delay);
  return answers.map((answer) => (answer.status === "fulfilled" ? answer.value : null));
}

/** A suspended person's own redactions in old rooms are answered with 500, for ever. */
async function inWhich(run: Run): Promise<readonly RoomId[]> {
  const joined = await run.ctx.eraser.joinedRooms(run.mxid);
  if (!(await run.account()).suspended) return joined;
  const versions = new Map(run.memory().rooms.map(({ id, version }) => [id, version]));
  return joined.filter((room) => !isOld(versions.get(room) ?? null));
}

/** @returns a code when the homeserver will not; @throws what an outage throws */
async function redactOne(run: Run, puppet: Puppet, event: OwnEvent, pace: Pace): Promise<string | null> {
  const txnId = keyed(run.ctx.secret, "register", `redact ${event.id}`).toString("hex").slice(0, 32);
  for (let attempt = 1; ; attempt += 1) {
    try {
      await puppet.redact(event.room, event.id, txnId);
      return null;
    } catch (error) {
      // The token ended before the work did: the next run makes another.
      if (error instanceof HomeserverRefused && error.status === 401) throw new RetryLater("homeserver_down" satisfies ErasureFailure, { cause: error });
      if (error instanceof HomeserverRefused) return error.status === 403 ? "forbidden" : "not_possible";
      if (!(error instanceof HomeserverUnavailable)) throw error;
      pace.heard(0, true);
      if ((error.afterSeconds ?? 0) > shortPause) throw error;
      if (attempt < tries) await run.pause(Math.max(1, error.afterSeconds ?? 0) * 1000);
      else if (error.afterSeconds === null && (await isUp(run))) return "trouble";
      else throw error;
    }
  }
}

/** One event that always breaks the homeserver must not stop the others; a homeserver that is away stops everything. */
async function isUp(run: Run): Promise<boolean> {
  return await run.ctx.homeserver.identify().then(() => true, () => false);
}
