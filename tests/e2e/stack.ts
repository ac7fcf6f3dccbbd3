import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "#lib/db/cluster.ts";
import { migrate } from "#lib/db/migrate.ts";
import { applyGrants } from "#lib/synapse-db/apply-grants.ts";
import { startMailCatcher } from "#tests/demo/mail-catcher.ts";
import { startOidcProvider } from "#tests/fixtures/oidc.ts";
import { startPostgres } from "#tests/harness/postgres.ts";
import { startSynapse } from "#tests/harness/synapse.ts";
import { launchOf } from "#tests/harness/worker-process.ts";
import { seedWorld } from "#tests/world/seed.ts";
import type { StackFacts } from "./facts.ts";
import { startPart, whenAnswering, whenSaid } from "./process.ts";
import { startRecorder } from "./recorder.ts";
import { settings, serverName } from "./settings.ts";

/** Where `npm test` builds; apart from `.next`, from which a demo may be running. */
const build = process.env["NEXT_DIST_DIR"] || ".next-test";

export interface Stack {
  readonly facts: StackFacts;
  stop(): Promise<void>;
}

/**
 * The whole house on real parts: PostgreSQL, Synapse with an OpenID provider, a mail server, the built web process behind
 * a recorder, one worker. One stack serves every browser test; each test makes its own people where it changes something.
 */
export async function startStack(progress: (line: string) => void = () => undefined): Promise<Stack> {
  if (!existsSync(path.join(build, "BUILD_ID"))) throw new Error(`There is no build for the browser tests: run \`NEXT_DIST_DIR=${build} npm run build\` first.`);
  const ends: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const end of ends.reverse()) await end();
  };
  try {
    return { facts: await raise(ends, progress), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function raise(ends: (() => Promise<unknown>)[], progress: (line: string) => void): Promise<StackFacts> {
  const folder = await mkdtemp(path.join(tmpdir(), "portal-e2e-"));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  const at = (name: string) => path.join(folder, name);
  await mkdir(at("mail"));

  progress("starting PostgreSQL, mail and Synapse");
  const postgres = await startPostgres();
  ends.push(() => postgres.stop());
  const databaseUrl = await postgres.createDatabase("portal");
  await migrate(databaseUrl);
  const mail = await startMailCatcher({ folder: at("mail") });
  ends.push(() => mail.stop());
  const client = await freePort();
  const oidc = await startOidcProvider(`http://127.0.0.1:${client}`);
  ends.push(() => oidc.stop());
  const synapse = await startSynapse({ serverName, postgres, dataDir: at("synapse"), ports: { client }, oidc: [oidc.synapse], consent: "unblocked" });
  ends.push(() => synapse.stop());
  const world = await seedWorld(synapse, { progress, canaries: true });

  const staff = { second: await register(synapse, "second"), auditor: await register(synapse, "auditor") };

  progress("starting web and worker");
  const reader = { role: "privacy_portal", password: "reader" };
  await applyGrants(synapse.databaseUrl, reader);
  const [port, inner] = [await freePort(), await freePort()];
  const portalUrl = `http://localhost:${port}`;
  const env = settings({
    folder,
    databaseUrl,
    portalUrl,
    homeserverUrl: synapse.baseUrl,
    adminToken: world.keeper.accessToken,
    synapseDatabaseUrl: withLogin(synapse.databaseUrl, reader),
    smtpUrl: mail.smtpUrl,
  });
  const web = await startPart(["lib/runtime/start.ts", "--port", String(inner)], { ...env.web, NEXT_DIST_DIR: build }, at("web.log"));
  ends.push(() => web.stop());
  const recorder = await startRecorder(port, inner, at("requests.ndjson"));
  ends.push(() => recorder.stop());
  const launch = launchOf("worker");
  const worker = await startPart(launch.args, { ...launch.env, ...env.worker }, at("worker.log"));
  ends.push(() => worker.stop());
  await whenAnswering(`${portalUrl}/api/health`, web);
  await whenSaid("worker_started", worker);

  const { people, keeper, oddities, rooms, landmarks, files, canaries } = world;
  return {
    portalUrl,
    serverName,
    homeserverUrl: synapse.baseUrl,
    oidcIssuer: oidc.issuer,
    databaseUrl,
    synapseDatabaseUrl: synapse.databaseUrl,
    requestsFile: at("requests.ndjson"),
    webLog: web.logPath,
    workerLog: worker.logPath,
    mailFolder: at("mail"),
    packagesFolder: at("data/packages"),
    portalSecret: env.web.PORTAL_SECRET,
    buildFolder: path.resolve(build),
    people: Object.fromEntries(Object.values(people).map(({ name, mxid, password, displayName, mail: address }) => [name, { name, mxid, password, displayName, mail: address }])) as StackFacts["people"],
    staff,
    keeper,
    world: { oddities, rooms, landmarks, files, canaries },
  };
}

function withLogin(url: string, { role, password }: { role: string; password: string }): string {
  const at = new URL(url);
  at.username = role;
  at.password = password;
  return at.href;
}

async function register(synapse: Awaited<ReturnType<typeof startSynapse>>, name: string) {
  const password = `${name} has a long password`;
  const { mxid } = await synapse.registerUser({ name, password, admin: false, displayName: name });
  return { mxid, password };
}
