import { type Env, workerConfig } from "#lib/config/config.ts";
import { look } from "#lib/erasure/look.ts";
import { planHash } from "#lib/erasure/plan-hash.ts";
import { readPlan } from "#lib/erasure/read-plan/read-plan.ts";
import { GiveUp, RetryLater } from "#lib/errors.ts";
import { parseMxid, serverOf } from "#lib/matrix/mxid.ts";
import { openSynapseDb } from "#lib/synapse-db/postgres.ts";
import { exit, type ExitCode, UsageError } from "./exit-codes.ts";
import type { Terminal } from "./terminal.ts";

/** `portal plan-erasure`: the plan a person would be shown and its hash, as JSON. Opens nothing but Synapse's database, and that for reading. */
export async function planErasureCommand(args: readonly string[], env: Env, { t, say, tell }: Terminal): Promise<ExitCode> {
  const { policy, synapseDatabaseUrl } = workerConfig(env);
  const [user = "", ...more] = args;
  const subject = parseMxid(user);
  if (!subject || more.length > 0) throw new UsageError(t("cli.help"));
  if (serverOf(subject) !== policy.serverName) throw new UsageError(t("cli.foreign", { user, server: policy.serverName }));
  const { serverName, redactionAllowedMs } = policy;
  const synapseDb = openSynapseDb(synapseDatabaseUrl);
  try {
    const plan = await look(synapseDb, (db) => readPlan({ db, subject, serverName, redactionAllowedMs, now: new Date() }));
    if (plan === null) {
      tell(t("cli.plan.account_gone"));
      return exit.noAccount;
    }
    say(JSON.stringify({ hash: planHash(plan), plan }));
    return exit.ok;
  } catch (error) {
    if (!(error instanceof RetryLater || error instanceof GiveUp)) throw error;
    tell(t(`cli.plan.${error.failure}`));
    return error instanceof RetryLater ? exit.unreachable : exit.unfit;
  } finally {
    await synapseDb.close();
  }
}
