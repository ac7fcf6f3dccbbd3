import { done, type Step } from "../step.ts";

/** Takes addresses and external ids off the account, and reads the addresses back. */
export const identities: Step = {
  name: "identities",
  async act(run) {
    await run.ctx.eraser.clearIdentities(run.mxid);
    const { mails } = await run.account();
    const memory = run.memory();
    return done({ addresses: memory.mails.length + memory.phones.length, externalIds: memory.externalIds.length, stays: mails.length });
  },
};
