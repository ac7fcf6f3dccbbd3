import path from "node:path";
import { workerConfig, type Env, type WorkerConfig } from "#lib/config/config.ts";
import { createDb } from "#lib/db/client.ts";
import type { ToFileContext } from "#lib/export/export-to-file.ts";
import { openLeakGate } from "#lib/leak-gate/run.ts";
import { createLog, type Log } from "#lib/log.ts";
import { openHomeserver } from "#lib/matrix/synapse.ts";
import { renderPdf } from "#lib/pdf/render-to-buffer.ts";
import { signer } from "#lib/signing/signer.ts";
import { spoolIn } from "#lib/storage/spool.ts";
import { openSynapseDb } from "#lib/synapse-db/postgres.ts";
import { readyDatabase } from "./ready-database.ts";

export interface OpenPortal {
  readonly ctx: ToFileContext & { readonly log: Log };
  readonly config: WorkerConfig;
  close(): Promise<void>;
}

/**
 * Composition root of the operator's command line: no queue, no mail, no storage. Its log goes to standard error, since
 * standard output is the answer.
 * @throws ConfigError or NotReady
 */
export async function openPortal(env: Env): Promise<OpenPortal> {
  const config = workerConfig(env);
  const database = await readyDatabase(config);
  const db = createDb(database.url);
  const synapseDb = openSynapseDb(config.synapseDatabaseUrl);
  const log = createLog("portal", config.logLevel, { write: (line) => void process.stderr.write(line) });
  const { policy, secret } = config;
  const [homeserver, leakGate, sign] = [openHomeserver(config.homeserver), openLeakGate(config.storage), signer(config.signingKeys, policy.portalUrl)];
  const ctx = { db, homeserver, synapseDb, spool: spoolIn(path.join(config.dataDir, "spool")), renderPdf, sign, leakGate, policy, secret, now: () => new Date(), log };
  return {
    ctx,
    config,
    async close() {
      await synapseDb.close();
      await db.$disconnect();
      await database.stop();
    },
  };
}
