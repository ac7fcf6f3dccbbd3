import { HomeserverRefused } from "#lib/matrix/homeserver.ts";
import { count, done, skipped, type Step } from "../step.ts";

/** Cancels what was to be sent later (MSC4140). */
export const delayed: Step = {
  name: "delayed",
  async act(run) {
    // Deactivation has cancelled them, and a locked account cannot be moved by its own token.
    if ((await run.account()).deactivated) return skipped("deactivated");
    const puppet = await run.ctx.eraser.actAs(run.mxid);
    try {
      const cancelled = await puppet.cancelDelayed();
      return done({ cancelled: count(run.facts.cancelled) + cancelled });
    } catch (error) {
      // A homeserver without the feature; deactivation cancels besides.
      if (error instanceof HomeserverRefused && (error.status === 404 || error.status === 400)) return skipped("not_supported");
      throw error;
    } finally {
      await puppet.close().catch(() => undefined);
    }
  },
};
