import { isOld } from "../room-version.ts";
import type { RequestRun } from "../request-run.ts";
import { done, skipped, type Step } from "../step.ts";

/**
 * Lifts our own suspension where it stands in the way of redacting: in rooms older than version 11. A suspension by
 * somebody else is left alone; what it costs is counted by the next step.
 */
export const thaw: Step<RequestRun> = {
  name: "thaw",
  async act(run) {
    const account = await run.account();
    if (!account.suspended) return skipped("not_suspended");
    if (!(await run.suspendedByUs())) return skipped("suspended_by_others");
    const old = run.memory().rooms.filter(({ version }) => isOld(version)).length;
    if (old === 0) return skipped("not_needed");
    await run.ctx.eraser.suspend(run.mxid, false);
    return done({ oldRooms: old });
  },
};
