import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { access, mkdir, open, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { freePort } from "#lib/db/cluster.ts";
import { endWithUs } from "./end-with-us.ts";
import type { Databases } from "./postgres.ts";
import { logConfig, signingKey, synapseConfig, type SynapseConfigInput } from "./synapse-config.ts";
import { installSynapse, type SynapseRelease } from "./synapse-install.ts";
import { register, type NewUser, type Registered } from "./synapse-register.ts";

export { installSynapse };

const run = promisify(execFile);

export interface SynapseOptions extends Pick<SynapseConfigInput, "serverName" | "smtp" | "oidc" | "consent" | "dataDir"> {
  readonly postgres: Databases;
  /** Its database on that server; made when it is not there. */
  readonly database?: string;
  /** `federation`: a second listener with a self-signed certificate; the server name then names this port. Free ports by default. */
  readonly ports?: { readonly client?: number; readonly federation?: number };
  /** Laid over the configuration key by key; text is YAML. */
  readonly extraConfig?: string | Readonly<Record<string, unknown>>;
  /** `dataDir` goes when this process ends, however it ends. */
  readonly removeDataDir?: boolean;
  /** Which Synapse, where no interpreter is named. */
  readonly release?: SynapseRelease;
  /** Interpreter with Synapse; `installSynapse()` by default. */
  readonly python?: string;
}

export interface Synapse {
  readonly serverName: string;
  readonly baseUrl: string;
  readonly databaseUrl: string;
  readonly configPath: string;
  readonly dataDir: string;
  readonly logPath: string;
  readonly python: string;
  registerUser(user: NewUser): Promise<Registered>;
  /** SIGTERM, and wait. */
  stop(): Promise<void>;
  /** SIGKILL, and wait. */
  kill(): Promise<void>;
  /** Same ports, same data. */
  start(): Promise<void>;
  restart(): Promise<void>;
}

/** A real homeserver; answers when this resolves. @throws Error with the end of its log when it does not come up */
export async function startSynapse(options: SynapseOptions): Promise<Synapse> {
  const python = options.python ?? (await installSynapse(undefined, options.release));
  const client = options.ports?.client ?? (await freePort());
  const dataDir = path.resolve(options.dataDir);
  const databaseUrl = await ensureDatabase(options.postgres, options.database ?? "synapse");
  const input = { ...options, dataDir, databaseUrl, ports: { ...options.ports, client } };
  const configs = await writeFiles(input, options.extraConfig, python);
  const baseUrl = `http://127.0.0.1:${client}`;
  const logPath = path.join(dataDir, "homeserver.log");
  let child: ChildProcess | null = null;
  const end = async (signal: "SIGTERM" | "SIGKILL") => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.ref();
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
    child = null;
  };
  const start = async () => {
    const out = await open(path.join(dataDir, "homeserver.out"), "a");
    child = spawn(python, ["-m", "synapse.app.homeserver", ...configs.flatMap((file) => ["-c", file])], { cwd: dataDir, detached: true, stdio: ["ignore", out.fd, out.fd] });
    await once(child, "spawn");
    await out.close();
    // Who forgets to stop it is not kept alive by it.
    child.unref();
    endWithUs(child.pid ?? 0, options.removeDataDir ? dataDir : undefined);
    await whenHealthy(child, baseUrl, dataDir);
  };
  await start();
  return {
    serverName: options.serverName,
    baseUrl,
    databaseUrl,
    configPath: configs[0] ?? "",
    dataDir,
    logPath,
    python,
    registerUser: (user) => register(baseUrl, user),
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
    start,
    async restart() {
      await end("SIGTERM");
      await start();
    },
  };
}

async function ensureDatabase(postgres: Databases, name: string): Promise<string> {
  const probe = new pg.Client({ connectionString: postgres.url(name) });
  const error = await probe.connect().then(() => null, (cause: { code?: string }) => cause);
  await probe.end().catch(() => undefined);
  if (error === null) return postgres.url(name);
  if (error.code !== "3D000") throw error;
  return postgres.createDatabase(name, { locale: "C" });
}

async function writeFiles(input: SynapseConfigInput, extra: SynapseOptions["extraConfig"], python: string): Promise<string[]> {
  const at = (name: string) => path.join(input.dataDir, name);
  await mkdir(at("media"), { recursive: true });
  const config = { ...synapseConfig(input), ...(typeof extra === "object" ? extra : {}) };
  await writeFile(at("homeserver.yaml"), JSON.stringify(config, null, 2));
  await writeFile(at("log.yaml"), JSON.stringify(logConfig(input.dataDir)));
  await writeFile(at("signing.key"), signingKey(input.serverName));
  if (input.ports.federation) await writeCertificate(python, at("tls.crt"), at("tls.key"));
  if (input.consent) await writeConsentPages(at("consent/en"));
  if (typeof extra !== "string") return [at("homeserver.yaml")];
  await writeFile(at("extra.yaml"), extra);
  return [at("homeserver.yaml"), at("extra.yaml")];
}

async function whenHealthy(child: ChildProcess, baseUrl: string, dataDir: string): Promise<void> {
  for (let waited = 0; waited < 90_000; waited += 100) {
    const healthy = await fetch(`${baseUrl}/health`).then((answer) => answer.ok, () => false);
    if (healthy) return;
    if (child.exitCode !== null || child.signalCode !== null) break;
    await sleep(100);
  }
  const said = (await readFile(path.join(dataDir, "homeserver.out"), "utf8")).trim().split("\n").slice(-15).join("\n");
  throw new Error(`Synapse did not come up; its log is in ${dataDir}.\n${said}`);
}

/** Synapse brings the library that makes one; a machine need not have `openssl`. */
async function writeCertificate(python: string, certificate: string, key: string): Promise<void> {
  if (await access(certificate).then(() => true, () => false)) return;
  await run(python, [path.join(import.meta.dirname, "self-signed.py"), certificate, key]);
}

async function writeConsentPages(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const form = '<form method="post" action="consent"><input type="hidden" name="v" value="{{ version }}"><input type="hidden" name="u" value="{{ user }}"><input type="hidden" name="h" value="{{ userhmac }}"><button>I agree</button></form>';
  for (const version of ["1.0", "2.0"]) await writeFile(path.join(folder, `${version}.html`), `<!doctype html><title>Privacy policy</title><p>What we keep.</p>{% if not has_consented %}${form}{% endif %}`);
  await writeFile(path.join(folder, "success.html"), "<!doctype html><title>Thank you</title><p>Noted.</p>");
}
