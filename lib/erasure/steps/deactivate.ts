import { GiveUp } from "#lib/errors.ts";
import { HomeserverRefused } from "#lib/matrix/homeserver.ts";
import type { ErasureFailure } from "../failures.ts";
import { aloneOnThePortal } from "../alone.ts";
import { count, done, type Facts, type Outcome, type Run, type Step, text, waits } from "../step.ts";

/** How long an identity server may refuse before a person must decide (S13). */
const refusedForMs = 3 * 24 * 3_600_000;
const looks = 10;

/**
 * Deactivates with erase: one account at a time, since older homeservers mixed up people who were deactivated together.
 * An account that is deactivated and erased already is not asked for again (K07).
 * @throws GiveUp "identity_server_refuses", "homeserver_refused"
 */
export const deactivate: Step = {
  name: "deactivate",
  async act(run) {
    return (await aloneOnThePortal(run.ctx.db, () => act(run))) ?? waits(run, 15, run.facts);
  },
};

async function act(run: Run): Promise<Outcome> {
  const { deactivated, erased } = await run.account();
  if (deactivated && erased) return done({ ...run.facts, unbind: text(run.facts.unbind) ?? "not-told", already: true });
  try {
    const { unbind } = await run.ctx.eraser.deactivate(run.mxid);
    const facts: Facts = { unbind, refusals: count(run.facts.refusals) };
    await run.note(facts);
    await whileParting(run);
    return done(facts);
  } catch (error) {
    if (error instanceof HomeserverRefused && error.status === 400) return identityServer(run, error);
    throw error;
  }
}

/** Its rooms are left in the background: the next account waits for that. What is not done by then, the next step sees. */
async function whileParting(run: Run): Promise<void> {
  for (let look = 0; look < looks; look += 1) {
    if ((await run.ctx.eraser.joinedRooms(run.mxid)).length === 0) return;
    await run.pause(500);
  }
}

/** "Nothing else done": the state is as before, so it is tried again every hour. */
function identityServer(run: Run, cause: HomeserverRefused): Outcome {
  const now = run.ctx.now();
  const since = text(run.facts.refusedSince) ?? now.toISOString();
  if (now.getTime() - Date.parse(since) >= refusedForMs) throw new GiveUp("identity_server_refuses" satisfies ErasureFailure, { cause });
  return waits(run, 3600, { ...run.facts, refusedSince: since, refusals: count(run.facts.refusals) + 1 });
}
