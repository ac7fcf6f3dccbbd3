import { GiveUp } from "#lib/errors.ts";
import { aloneOnThePortal } from "../alone.ts";
import { createdSeconds } from "../created-seconds.ts";
import type { ErasureFailure } from "../failures.ts";
import { register } from "../register.ts";
import { count, done, type Outcome, type Run, type Step, waits } from "../step.ts";

/** The account is driven again so often, at longer and longer intervals: hours in all, since MAS works through a queue. */
const mostDrives = 8;
const looks = 8;

/**
 * "Done" means read back: deactivated, erased, without addresses, in no room, without sessions (S14). Then locks it, so that tokens an
 * administrator made for it are refused, and writes it into the register.
 * @throws GiveUp "erasure_unverified"
 */
export const verify: Step = {
  name: "verify",
  async act(run) {
    const missing = await readBack(run);
    if (missing !== null) return await driveAgain(run, missing);
    await run.ctx.eraser.lock(run.mxid);
    await register(run.ctx, { mxid: run.mxid, createdSeconds: createdSeconds(await run.account()), redacted: run.options.redact });
    return done({ driven: count(run.facts.driven), locked: (await run.account()).locked });
  },
};

/** What is not as it must be: a code; null when all is. */
async function readBack(run: Run): Promise<string | null> {
  let missing: string | null = null;
  for (let look = 0; look < looks; look += 1) {
    missing = await lookOnce(run);
    if (missing === null) return null;
    await run.pause(Math.min(2_000, 250 * 2 ** look));
  }
  return missing;
}

async function lookOnce(run: Run): Promise<string | null> {
  const { deactivated, erased, mails } = await run.account();
  if (!deactivated) return "active";
  if (mails.length > 0) return "addresses";
  if (!erased) return "not_erased";
  if ((await run.ctx.eraser.joinedRooms(run.mxid)).length > 0) return "in_rooms";
  return (await run.ctx.eraser.deviceCount(run.mxid)) > 0 ? "sessions" : null;
}

async function driveAgain(run: Run, missing: string): Promise<Outcome> {
  const driven = count(run.facts.driven);
  if (driven >= mostDrives * (1 + count(run.facts.retried))) throw new GiveUp("erasure_unverified" satisfies ErasureFailure);
  const facts = { ...run.facts, driven: driven + 1, missing };
  await run.note(facts);
  await aloneOnThePortal(run.ctx.db, () => run.ctx.eraser.deactivate(run.mxid));
  return waits(run, 15 * 2 ** (driven % mostDrives), facts);
}
