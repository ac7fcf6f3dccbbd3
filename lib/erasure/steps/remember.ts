import { GiveUp } from "#lib/errors.ts";
import { createdSeconds } from "../created-seconds.ts";
import type { ErasureFailure } from "../failures.ts";
import type { RequestRun } from "../request-run.ts";
import { done, type Step } from "../step.ts";

/**
 * Writes down, sealed, what vanishes with the account. Before it: that this is the homeserver that was configured (S20), and
 * the very account the plan was made of, not a later one of the same name.
 * @throws GiveUp "wrong_homeserver", "account_gone", "account_changed"
 */
export const remember: Step<RequestRun> = {
  name: "remember",
  async act(run) {
    const { ctx, claim, mxid } = run;
    const { serverName } = await ctx.homeserver.identify();
    if (serverName !== ctx.policy.serverName || !mxid.endsWith(`:${serverName}`)) throw new GiveUp("wrong_homeserver" satisfies ErasureFailure);
    const account = await run.account();
    if (claim.plan && (claim.plan.mxid !== mxid || claim.plan.accountCreatedAt !== createdSeconds(account))) throw new GiveUp("account_changed" satisfies ErasureFailure);
    const memory = run.remembered() ?? { ...(await run.eyes.memory(mxid)), suspendedBefore: account.suspended && !(await run.suspendedByUs()) };
    await run.remember(memory);
    return done({
      rooms: memory.rooms.length,
      media: memory.mediaIds.length,
      addresses: memory.mails.length + memory.phones.length,
      externalIds: memory.externalIds.length,
      devices: memory.deviceIds.length,
      names: memory.names.length,
    });
  },
};
