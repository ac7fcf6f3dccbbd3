import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { ensureEmbedded } from "#lib/db/embedded.ts";
import { migrate } from "#lib/db/migrate.ts";
import { applyGrants } from "#lib/synapse-db/apply-grants.ts";
import { databasesOf } from "#tests/harness/postgres.ts";
import { installSynapse } from "#tests/harness/synapse-install.ts";
import { launchOf } from "#tests/harness/worker-process.ts";
import { environment, reader } from "./environment.ts";
import { guide } from "./guide.ts";
import { startMailCatcher } from "./mail-catcher.ts";
import { readNotices } from "./notices.ts";
import { type DemoOptions, DemoStop, readOptions } from "./options.ts";
import { lastLines, type Part, startPart, whenReady } from "./parts.ts";
import { ensureBuild } from "./portal-build.ts";
import { claimPorts } from "./ports.ts";
import { progress } from "./progress.ts";
import { readSecrets } from "./secrets.ts";
import { openTown, serverName } from "./town.ts";
import { takeTurn } from "./turn.ts";

const root = path.resolve(import.meta.dirname, "../..");
const folder = path.join(root, ".data", "demo");
const logs = path.join(folder, "logs");

/** Aborted when the demo ends before it has begun. */
const abandoned = new AbortController();

/** Ends of what was started, the last one first. */
const ends: (() => Promise<unknown>)[] = [];

async function main(options: DemoOptions): Promise<readonly Part[]> {
  const { say, seconds } = progress();
  const { ports } = options;
  const turn = await takeTurn(folder);
  ends.push(turn.end);
  await claimPorts(ports, turn.afterCrash);
  // What was never finished, or whose folder was thrown away while PostgreSQL kept its data elsewhere, starts from nothing.
  const fresh = options.fresh || !existsSync(path.join(folder, "seeded.json"));
  if (fresh) await forgetFiles();
  await mkdir(logs, { recursive: true });
  const secrets = await readSecrets(folder);

  say("starting PostgreSQL …");
  const [postgres] = await both(ensureEmbedded(folder).then((started) => (ends.push(started.stop), started)), installSynapse(say));
  const databases = databasesOf(Object.assign(new URL(postgres.url), { pathname: "/postgres" }).href);
  if (fresh) await databases.dropDatabase("portal").then(() => databases.createDatabase("portal"));
  const [town] = await both(
    openTown(folder, databases, ports.homeserver, say).then((opened) => (ends.push(opened.synapse.stop), opened)),
    ensureBuild(root, logs, say, abandoned.signal),
  );
  await applyGrants(town.synapse.databaseUrl, { role: reader, password: secrets.readerPassword });
  for (const name of await migrate(postgres.url)) say(`migrated: ${name}`);

  say("starting web, worker and mail …");
  const notices = () => readNotices(town.synapse.databaseUrl, serverName);
  const mail = await startMailCatcher({ smtpPort: ports.smtp, pagePort: ports.mail, folder: path.join(folder, "mail"), notices });
  ends.push(mail.stop);
  const { web, worker } = environment({ folder, ports, databaseUrl: postgres.url, synapseDatabaseUrl: town.synapse.databaseUrl, secrets, adminToken: town.adminToken });
  const start = async (name: string, args: readonly string[], env: Record<string, string>) => {
    const part = await startPart(name, args, env, { root, logs });
    ends.push(part.stop);
    return part;
  };
  const launch = launchOf("worker");
  const parts = [
    await start("web", ["lib/runtime/start.ts", "--hostname", "127.0.0.1", "--port", String(ports.portal)], web),
    await start("worker", launch.args, { ...launch.env, ...worker }),
  ] as const;
  await whenReady(parts[0], async () => (await fetch(`http://127.0.0.1:${ports.portal}/api/health`)).ok);
  await whenReady(parts[1], async () => (await lastLines(parts[1])).includes("worker_started"));
  process.stdout.write(guide(ports, seconds()));
  return parts;
}

/** Waits for both even when one fails, so that what the other started can be ended. */
async function both<A, B>(one: Promise<A>, two: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, two]);
  return Promise.all([one, two]);
}

/** The homeserver is made anew when the note that it was seeded is gone. */
async function forgetFiles(): Promise<void> {
  for (const name of ["synapse", "portal", "mail", "logs", "secrets.json", "seeded.json"]) await rm(path.join(folder, name), { recursive: true, force: true });
}

// A terminal that was closed must not keep us from tidying up.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

let stopping: Promise<void> | null = null;
function stop(): Promise<void> {
  stopping ??= (async () => {
    abandoned.abort();
    for (const end of ends.reverse()) await end().catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
  })();
  return stopping;
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => {
    if (stopping) return;
    process.stdout.write("\nEnding the demo …\n");
    void stop().then(() => process.exit(0));
  });

try {
  const parts = await main(readOptions(process.argv.slice(2), process.env));
  const gone = await Promise.race(parts.map(async (part) => (await part.ended, part)));
  if (!stopping) throw new DemoStop(`The ${gone.name} ended by itself; its log is ${gone.log}:\n${await lastLines(gone)}`);
} catch (error) {
  if (!stopping) {
    process.exitCode = 1;
    // A plain Error is a sentence for people, by the habit of the harness; anything else is a mistake of ours.
    const sentence = error instanceof DemoStop || (error instanceof Error && error.constructor === Error);
    process.stderr.write(`\n${sentence ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  }
}
await stop();
