import { GiveUp } from "#lib/errors.ts";
import { aloneOnThePortal } from "../alone.ts";
import type { ErasureFailure } from "../failures.ts";
import type { RequestRun } from "../request-run.ts";
import { count, done, type Step, text, waits } from "../step.ts";
import { measure } from "./residue.ts";

const dayMs = 24 * 3_600_000;
const mostDrives = 5;

/**
 * A day later: sessions that the homeserver wrote down late end, and the residue is measured again. An account that
 * somebody has woken meanwhile is not put to sleep behind their back: the officer decides (S17).
 * @throws GiveUp "account_reactivated", "erasure_unverified"
 */
export const recheck: Step<RequestRun> = {
  name: "recheck",
  async act(run) {
    const { now, eraser } = run.ctx;
    const since = text(run.facts.since) ?? now().toISOString();
    const facts = { ...run.facts, since };
    const left = Date.parse(since) + dayMs - now().getTime();
    if (left > 0) return waits(run, Math.ceil(left / 1000), facts);

    const account = await run.account();
    if (!account.deactivated || !account.erased) throw new GiveUp("account_reactivated" satisfies ErasureFailure);
    const sessions = await eraser.deviceCount(run.mxid);
    const rooms = (await eraser.joinedRooms(run.mxid)).length;
    if (sessions + rooms > 0) {
      const driven = count(run.facts.driven);
      if (driven >= mostDrives * (1 + count(run.facts.retried))) throw new GiveUp("erasure_unverified" satisfies ErasureFailure);
      const late = { ...facts, driven: driven + 1, late: Math.max(count(run.facts.late), sessions + rooms) };
      await run.note(late);
      await aloneOnThePortal(run.ctx.db, () => eraser.deactivate(run.mxid));
      return waits(run, 60, late);
    }
    return done({ ...facts, late: count(run.facts.late), ...(await measure(run)) });
  },
};
