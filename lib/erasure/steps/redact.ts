import { redactOwn } from "../redact-own.ts";
import { staysBy } from "../redact-stays.ts";
import { oldest, type Progress, redactSwept } from "../redact-swept.ts";
import { count, done, type Facts, type Outcome, type Run, type Step, waits } from "../step.ts";
import type { RoomLeft } from "../eyes.ts";

/**
 * Redacts everything of theirs, where they chose it: in every room they ever were in, until a look into the database finds
 * nothing or nothing moves any more. Where they did not, their names and pictures in the rooms they are in: these
 * would otherwise stay, since they leave before the account is erased.
 */
export const redact: Step = {
  name: "redact",
  async act(run) {
    return run.options.redact ? await everything(run) : await namesOnly(run);
  },
};

async function everything(run: Run): Promise<Outcome> {
  const before = typeof run.facts.before === "number" ? run.facts.before : sum(await run.eyes.left(run.mxid, oldest(run)));
  const swept = await redactSwept(run, { ...run.facts, before });
  if (swept.waits !== null) return waits(run, swept.waits, swept.facts);
  const own = await redactOwn(run, swept.facts, false);
  if (own.waits !== null) return waits(run, own.waits, own.facts);
  const left = await run.eyes.left(run.mxid, oldest(run));
  const joined = new Set(await run.ctx.eraser.joinedRooms(run.mxid));
  const stays = staysBy(left, { joined, suspended: (await run.account()).suspended });
  return done({ before, after: sum(left), own: count(own.facts.own), rounds: count(own.facts.rounds), refused: own.facts.refused ?? {}, stays });
}

async function namesOnly(run: Run): Promise<Outcome> {
  const own: Progress = await redactOwn(run, run.facts, true);
  if (own.waits !== null) return waits(run, own.waits, own.facts);
  const { own: names = 0, refused = {} } = own.facts;
  return done({ skipped: "not_chosen", names, refused } satisfies Facts);
}

const sum = (left: readonly RoomLeft[]): number => left.reduce((all, each) => all + each.swept + each.others, 0);
