import { done, type Step } from "../step.ts";

/** Takes external ids off the account. Its addresses go with the account: only then is it said what identity servers answered. */
export const identities: Step = {
  name: "identities",
  async act(run) {
    await run.ctx.eraser.clearIdentities(run.mxid);
    return done({ externalIds: run.memory().externalIds.length });
  },
};
