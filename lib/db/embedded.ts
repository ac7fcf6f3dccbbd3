import { randomBytes } from "node:crypto";
import { access, mkdir, readFile, rename, rm, symlink } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { createCluster, freePort, runningOn, startCluster, stopCluster, whenServing } from "./cluster.ts";
import { findPrograms, placeFor, type Programs } from "./programs.ts";

export interface EmbeddedDb {
  readonly url: string;
  /** This process is done with it; the last one to leave ends the server. */
  stop(): Promise<void>;
}

/** Held shared by every process that uses the server; who gets it alone is the last. */
const presence = 7_070_251_001;

/**
 * The database when DATABASE_URL is unset: PostgreSQL from npm, on loopback, data in `dataDir`.
 * Web, worker and command line may all call it; the first starts the server. A process that dies
 * without `stop` leaves the server running for the next one to find.
 * @throws Error with one sentence: no PostgreSQL for this machine, or where its log lies
 */
export async function ensureEmbedded(dataDir: string): Promise<EmbeddedDb> {
  const programs = await findPrograms();
  await mkdir(dataDir, { recursive: true });
  const asked = path.join(dataDir, "postgres");
  const folder = await placeFor(asked, programs);
  // Whoever looks for the data where they were told to lie finds the way.
  if (folder !== asked) await symlink(folder, asked).catch(() => undefined);
  await createOnce(programs, folder);
  const password = await readFile(path.join(folder, "portal-password"), "utf8");
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await join(programs, folder, password);
    } catch (error) {
      // Another process was starting or ending the server at this moment: look again.
      if (attempt === 8) throw error;
      await sleep(250);
    }
  }
}

async function createOnce(programs: Programs, folder: string): Promise<void> {
  const exists = () => access(path.join(folder, "PG_VERSION")).then(() => true, () => false);
  if (await exists()) return;
  const fresh = `${folder}.${randomBytes(4).toString("hex")}`;
  try {
    await createCluster(programs, fresh, randomBytes(24).toString("base64url"));
    // Appears whole or not at all.
    await rename(fresh, folder);
  } catch (error) {
    await Promise.all([fresh, `${fresh}.password`].map((half) => rm(half, { recursive: true, force: true })));
    // If another process was first, its data are the data.
    if (!(await exists())) throw error;
  }
}

async function join(programs: Programs, folder: string, password: string): Promise<EmbeddedDb> {
  const { pid, port } = (await runningOn(folder)) ?? (await start(programs, folder));
  const url = (database: string) => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
  await whenServing(url("postgres"), pid, folder);
  const here = new pg.Client({ connectionString: url("postgres"), keepAlive: true });
  here.on("error", () => undefined);
  await here.connect();
  await here.query("SELECT pg_advisory_lock_shared($1)", [presence]);
  await here.query("CREATE DATABASE portal").catch((error: { code?: string }) => {
    if (error.code !== "42P04" && error.code !== "23505") throw error;
  });
  return { url: url("portal"), stop: () => leave(here, pid) };
}

async function start(programs: Programs, folder: string): Promise<{ pid: number; port: number }> {
  const port = await freePort();
  return { pid: await startCluster(programs, folder, port, {}), port };
}

async function leave(here: pg.Client, pid: number): Promise<void> {
  const last = await here
    .query("SELECT pg_advisory_unlock_shared($1)", [presence])
    .then(() => here.query<{ last: boolean }>("SELECT pg_try_advisory_lock($1) AS last", [presence]))
    .then(({ rows }) => rows[0]?.last === true, () => false);
  if (last) await stopCluster(pid);
  await here.end().catch(() => undefined);
}
