import { execFile, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { chown, mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import type { Programs } from "./programs.ts";

const run = promisify(execFile);

/**
 * Create a data folder: UTF-8, byte order for text, only with a password, only superuser `postgres`.
 * @param durable false: not waited for until it lies on the disk; for data that need not survive
 */
export async function createCluster(programs: Programs, folder: string, password: string, durable = true): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
  const secret = `${folder}.password`;
  await writeFile(secret, `${password}\n`, { mode: 0o600 });
  if (programs.account) for (const owned of [folder, secret]) await chown(owned, programs.account.uid, programs.account.gid);
  await run(
    programs.initdb,
    [`--pgdata=${folder}`, "--username=postgres", "--encoding=UTF8", "--locale=C", "--auth=scram-sha-256", `--pwfile=${secret}`, "--no-instructions", ...(durable ? [] : ["--no-sync"])],
    { ...programs.account, cwd: folder, env: { ...process.env, LC_ALL: "C" } },
  );
  await writeFile(path.join(folder, "portal-password"), password, { mode: 0o600 });
  await rm(secret);
}

/**
 * Start the server on this machine's loopback only. It leads a process group of its own, so that
 * Ctrl-C reaches us first and we decide when it stops.
 * @param settings lines of postgresql.conf
 * @returns its process id; whether it serves is asked with `whenServing`
 */
export async function startCluster(programs: Programs, folder: string, port: number, settings: Readonly<Record<string, string>>): Promise<number> {
  const log = await open(logOf(folder), "a", 0o600);
  const given = { listen_addresses: "127.0.0.1", unix_socket_directories: "", port: String(port), timezone: "UTC", ...settings };
  const child = spawn(programs.postgres, ["-D", folder, ...Object.entries(given).flatMap(([name, value]) => ["-c", `${name}=${value}`])], {
    ...programs.account,
    cwd: folder,
    env: { ...process.env, LC_ALL: "C" },
    detached: true,
    stdio: ["ignore", log.fd, log.fd],
  });
  child.unref();
  await new Promise<void>((resolve, reject) => child.once("spawn", resolve).once("error", reject));
  await log.close();
  return child.pid ?? 0;
}

/** Wait until it answers. @throws Error naming its log when it ended or takes longer than half a minute */
export async function whenServing(url: string, pid: number, folder: string): Promise<void> {
  for (let waited = 0; waited < 30_000; waited += 50) {
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => undefined);
    const error = await client.connect().then(() => null, (cause: unknown) => cause);
    await client.end().catch(() => undefined);
    if (error === null) return;
    if (!alive(pid)) throw new Error(`PostgreSQL ended while it started; its log says why: ${logOf(folder)}`, { cause: error });
    await sleep(50);
  }
  throw new Error(`PostgreSQL does not answer after 30 seconds; its log says why: ${logOf(folder)}`);
}

/** Fast shutdown: open transactions are rolled back. Resolves when the process is gone. */
export async function stopCluster(pid: number): Promise<void> {
  if (!alive(pid)) return;
  process.kill(pid, "SIGINT");
  for (let waited = 0; alive(pid); waited += 20) {
    if (waited > 20_000) process.kill(pid, "SIGQUIT");
    await sleep(20);
  }
}

/** Process and port of the server that runs on this folder, null if none does. */
export async function runningOn(folder: string): Promise<{ pid: number; port: number } | null> {
  const file = path.join(folder, "postmaster.pid");
  const text = await readFile(file, "utf8").catch(() => "");
  const [pid, , , port] = text.split("\n").map((line) => Number.parseInt(line, 10));
  if (!pid || !port || !alive(pid)) return null;
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => folder);
  if (command.includes(folder)) return { pid, port };
  // After a reboot the number may be somebody else's; PostgreSQL would then refuse to start.
  await rm(file, { force: true });
  return null;
}

/**
 * A port nobody listens on. From below those that systems give to connections they open (32768 and on with Linux, 49152 elsewhere):
 * of them one would now and then be taken between the look and the use.
 */
export async function freePort(draw = () => randomInt(20_000, 32_768)): Promise<number> {
  let port = draw();
  while (!(await canListen(port))) port = draw();
  return port;
}

async function canListen(port: number): Promise<boolean> {
  const server = net.createServer().listen(port, "127.0.0.1");
  const listening = await new Promise<boolean>((resolve, reject) => {
    server.once("listening", () => resolve(true)).once("error", (error: NodeJS.ErrnoException) => (error.code === "EADDRINUSE" ? resolve(false) : reject(error)));
  });
  if (listening) await new Promise((resolve) => server.close(resolve));
  return listening;
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function logOf(folder: string): string {
  return path.join(folder, "server.log");
}
