import path from "node:path";
import { workerConfig, type Env, type WorkerConfig } from "#lib/config/config.ts";
import type { WorkerContext } from "#lib/context.ts";
import { createDb } from "#lib/db/client.ts";
import { openQueue, type Queue } from "#lib/jobs/boss.ts";
import { openLeakGate } from "#lib/leak-gate/run.ts";
import { createLog } from "#lib/log.ts";
import { openMailer } from "#lib/mail/smtp.ts";
import { openFilesLeft } from "#lib/matrix/files-left.ts";
import { openHomeserver } from "#lib/matrix/synapse.ts";
import { renderPdf } from "#lib/pdf/render-to-buffer.ts";
import { registerKeys } from "#lib/signing/register-keys.ts";
import { signer } from "#lib/signing/signer.ts";
import { openStorage } from "#lib/storage/open.ts";
import { spoolIn } from "#lib/storage/spool.ts";
import { openSynapseDb } from "#lib/synapse-db/postgres.ts";
import { openErasingPorts } from "./erasing-ports.ts";
import { anchorFile } from "./anchor-file.ts";
import { readyDatabase } from "./ready-database.ts";

export interface OpenWorker {
  readonly ctx: WorkerContext;
  readonly queue: Queue;
  readonly config: WorkerConfig;
  /** Waits for what is under way, then lets go of everything. */
  close(): Promise<void>;
}

/**
 * Composition root of the worker and of the operator's command line: configuration → adapters → context.
 * @param name of the process in its log lines
 * @param logTo where they go: standard output, unless that is for an answer
 * @throws ConfigError or NotReady, each with sentences for the operator
 */
export async function openWorker(env: Env, name = "worker", logTo?: { write(line: string): void }): Promise<OpenWorker> {
  const config = workerConfig(env);
  const now = () => new Date();
  const erasing = openErasingPorts(config, now);
  const database = await readyDatabase(config);
  const log = createLog(name, config.logLevel, logTo);
  const queue = await openQueue(database.url, { role: "worker", log });
  const db = createDb(database.url);
  const synapseDb = openSynapseDb(config.synapseDatabaseUrl);
  const ctx: WorkerContext = {
    db,
    enqueue: queue.enqueue,
    homeserver: openHomeserver(config.homeserver),
    synapseDb,
    mailer: openMailer(config.mail),
    storage: openStorage(config.storage),
    spool: spoolIn(path.join(config.dataDir, "spool")),
    ...erasing,
    leakGate: openLeakGate(config.storage),
    filesLeft: openFilesLeft(config.homeserver.mediaStore),
    registerFile: path.join(config.dataDir, "erasure-register.ndjson"),
    anchorFile: anchorFile(config),
    renderPdf,
    sign: signer(config.signingKeys, config.policy.portalUrl),
    policy: config.policy,
    secret: config.secret,
    formSecret: config.formSecret,
    now,
    log,
  };
  await registerKeys(ctx, config.signingKeys);
  return {
    ctx,
    queue,
    config,
    async close() {
      await queue.stop();
      await synapseDb.close();
      await db.$disconnect();
      await database.stop();
    },
  };
}
