import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "#lib/db/cluster.ts";
import { migrate } from "#lib/db/migrate.ts";
import { applyGrants } from "#lib/synapse-db/apply-grants.ts";
import { policiesFolder } from "#tests/fixtures/policies.ts";
import { startPostgres } from "#tests/harness/postgres.ts";
import { startSynapse } from "#tests/harness/synapse.ts";
import { launchOf } from "#tests/harness/worker-process.ts";
import { startPart, whenAnswering, whenSaid } from "../process.ts";
import { startRecorder } from "../recorder.ts";
import { serverName, settings } from "../settings.ts";

export interface ConsentStack {
  readonly portalUrl: string;
  readonly requestsFile: string;
  readonly logs: readonly string[];
  /** Somebody new, and what a client of theirs is told when it opens a room: null when it may. */
  person(name: string): Promise<{ readonly mxid: string; blocked(): Promise<{ error: string; consent_uri: string } | null> }>;
  /** Another version from now on, at the homeserver and in the portal. */
  ask(version: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A homeserver that blocks whoever has not agreed, behind a proxy that sends its consent page to the portal as the README
 * says, and a portal of its own. Without Synapse's own people: they would all be blocked.
 */
export async function startConsentStack(build: string): Promise<ConsentStack> {
  const folder = await mkdtemp(path.join(tmpdir(), "portal-consent-"));
  const ends: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const at = (name: string) => path.join(folder, name);
  await cp(policiesFolder, at("policies"), { recursive: true });
  const postgres = await startPostgres();
  ends.push(() => postgres.stop());
  const databaseUrl = await postgres.createDatabase("portal");
  await migrate(databaseUrl);
  const [front, port, inner] = [await freePort(), await freePort(), await freePort()];
  const portalUrl = `http://localhost:${port}`;

  // nginx: location = /_matrix/consent { return 302 <portal>$request_uri; }
  const proxy = createServer((request, response) => response.writeHead(302, { location: `${portalUrl}${request.url ?? ""}` }).end());
  await new Promise<void>((resolve) => proxy.listen(front, "127.0.0.1", resolve));
  ends.push(() => new Promise((resolve) => proxy.close(resolve)));
  const synapse = await startSynapse({ serverName, postgres, dataDir: at("synapse"), consent: true, extraConfig: { public_baseurl: `http://127.0.0.1:${front}/` } });
  ends.push(() => synapse.stop());
  const admin = await synapse.registerUser({ name: "keeper", password: "correct horse", admin: true });
  const reader = { role: "privacy_portal_consent", password: "reader" };
  await applyGrants(synapse.databaseUrl, reader);
  const login = new URL(synapse.databaseUrl);
  [login.username, login.password] = [reader.role, reader.password];

  const env = settings({ folder, databaseUrl, portalUrl, homeserverUrl: synapse.baseUrl, adminToken: admin.accessToken, synapseDatabaseUrl: login.href, smtpUrl: "smtp://127.0.0.1:1" });
  const consent = { POLICIES: at("policies") };
  const web = await startPart(["lib/runtime/start.ts", "--port", String(inner)], { ...env.web, ...consent, NEXT_DIST_DIR: build }, at("web.log"));
  ends.push(() => web.stop());
  const recorder = await startRecorder(port, inner, at("requests.ndjson"));
  ends.push(() => recorder.stop());
  const launch = launchOf("worker");
  const worker = await startPart(launch.args, { ...launch.env, ...env.worker, ...consent }, at("worker.log"));
  ends.push(() => worker.stop());
  await whenAnswering(`${portalUrl}/api/health`, web);
  await whenSaid("worker_started", worker);

  async function ask(version: string): Promise<void> {
    const file = at("policies/terms/policy.json");
    await writeFile(file, JSON.stringify({ ...(JSON.parse(await readFile(file, "utf8")) as object), current: version }));
    const config = JSON.parse(await readFile(synapse.configPath, "utf8")) as { user_consent: object };
    await writeFile(synapse.configPath, JSON.stringify({ ...config, user_consent: { ...config.user_consent, version } }));
    await writeFile(at(`synapse/consent/en/${version}.html`), "<!doctype html><title>Terms</title>");
    await synapse.restart();
  }
  await ask("1.0");
  return {
    portalUrl,
    requestsFile: at("requests.ndjson"),
    logs: [web.logPath, worker.logPath],
    ask,
    async person(name) {
      const { mxid, accessToken } = await synapse.registerUser({ name, password: "correct horse" });
      return {
        mxid,
        async blocked() {
          const answer = await fetch(`${synapse.baseUrl}/_matrix/client/v3/createRoom`, { method: "POST", headers: { authorization: `Bearer ${accessToken}` }, body: "{}" });
          return answer.ok ? null : ((await answer.json()) as { error: string; consent_uri: string });
        },
      };
    },
    async stop() {
      for (const end of ends.reverse()) await end();
    },
  };
}
