import { type Env, workerConfig, type WorkerConfig } from "#lib/config/config.ts";
import { ensureEmbedded } from "#lib/db/embedded.ts";
import { pendingMigrations } from "#lib/db/pending.ts";
import { openMailer } from "#lib/mail/smtp.ts";
import { openHomeserver } from "#lib/matrix/synapse.ts";
import { defaultLocale, translator, type Translate } from "#lib/messages/messages.ts";
import { signingKey } from "#lib/signing/signer.ts";
import { openStorage } from "#lib/storage/open.ts";
import { checkRole } from "#lib/synapse-db/check-role.ts";
import { consentChecks } from "./consent-check.ts";
import { erasureChecks } from "./erasure-checks.ts";

/** `away`: it does not answer. `unfit`: it answers, and is not as it must be. */
export type Verdict = "ok" | "away" | "unfit";

export interface Check {
  /** The last four only where they are configured. */
  readonly name: "database" | "homeserver" | "role" | "mail" | "storage" | "signing" | "consent" | "mas" | "appservices" | "federation";
  readonly verdict: Verdict;
  /** Sentences for the operator. */
  readonly details: readonly string[];
}

export type Finding = Pick<Check, "verdict" | "details">;

const patienceMs = 30_000;

/**
 * Everything the portal leans on, at the same time: reachable, and limited as it must be. Changes nothing but a probe in the storage.
 * @throws ConfigError
 */
export async function runChecks(env: Env, t: Translate): Promise<Check[]> {
  const config = workerConfig(env);
  const looks: Readonly<Partial<Record<Check["name"], () => Promise<Finding>>>> = {
    database: () => database(config, t),
    homeserver: () => homeserver(config, t),
    role: () => role(config, t),
    mail: async () => {
      await openMailer(config.mail).check();
      return ok(t("cli.check.reachable"));
    },
    storage: async () => {
      await openStorage(config.storage).check();
      return ok(t("cli.check.works"));
    },
    signing: async () => {
      const [current, ...older] = config.signingKeys.map((seed) => signingKey(seed).kid);
      return ok(t("cli.check.key", { kid: current ?? "", older: older.length }));
    },
    ...consentChecks(config, t),
    ...erasureChecks(config, t),
  };
  const named = Object.entries(looks) as [Check["name"], () => Promise<Finding>][];
  return await Promise.all(named.map(async ([name, look]) => ({ name, ...(await within(look, t)) })));
}

const ok = (detail: string): Finding => ({ verdict: "ok", details: [detail] });

/** A look that fails or takes too long is one that got no answer. */
async function within(look: () => Promise<Finding>, t: Translate): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("silence")), patienceMs);
  });
  try {
    return await Promise.race([look(), silence]);
  } catch {
    return { verdict: "away", details: [t("cli.check.notReachable")] };
  } finally {
    clearTimeout(timer);
  }
}

async function database({ databaseUrl, dataDir }: WorkerConfig, t: Translate): Promise<Finding> {
  const { url, stop } = databaseUrl === null ? await ensureEmbedded(dataDir) : { url: databaseUrl, stop: () => Promise.resolve() };
  const pending = await pendingMigrations(url).finally(stop);
  return { verdict: pending.length === 0 ? "ok" : "unfit", details: [t("cli.check.migrations", { pending: pending.length })] };
}

async function homeserver(config: WorkerConfig, t: Translate): Promise<Finding> {
  const { serverName, version, admin } = await openHomeserver(config.homeserver).identify();
  const expected = config.policy.serverName;
  const wrong = [
    ...(serverName === expected ? [] : [t("cli.check.otherServer", { server: serverName, expected })]),
    ...(admin ? [] : [t("cli.check.notAdmin")]),
  ];
  if (wrong.length > 0) return { verdict: "unfit", details: wrong };
  const details = [t("cli.check.identity", { server: serverName, version }), ...(erasesWell(version) ? [] : [t("cli.check.tooOldToErase")])];
  return { verdict: "ok", details };
}

/** Before 1.150 Synapse could join rooms again while it deactivated (synapse #19540); copies are not concerned. */
function erasesWell(version: string): boolean {
  const [major = 0, minor = 0] = version.split(/[^0-9]+/).map(Number);
  return major > 1 || minor >= 150;
}

async function role({ synapseDatabaseUrl }: WorkerConfig, t: Translate): Promise<Finding> {
  const words = translator(defaultLocale, "kinds");
  const problems = await checkRole(synapseDatabaseUrl);
  if (problems.length === 0) return ok(t("cli.check.roleGood"));
  return { verdict: "unfit", details: problems.map(({ code, what }) => words(`role.${code}`, { what })) };
}
