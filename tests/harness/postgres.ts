import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { createCluster, freePort, startCluster, stopCluster, whenServing } from "#lib/db/cluster.ts";
import { findPrograms } from "#lib/db/programs.ts";
import { endWithUs } from "./end-with-us.ts";

/** What one may do with a server somebody else started. */
export interface Databases {
  url(database: string): string;
  /** @param options template: a database nobody is connected to; locale "C": the exact form Synapse insists on */
  createDatabase(name: string, options?: { template?: string; locale?: "C" }): Promise<string>;
  dropDatabase(name: string): Promise<void>;
}

export interface Postgres extends Databases {
  /** Ends it and removes its data. */
  stop(): Promise<void>;
  /** Ends it and starts it again on the same port after `awayMs`: every open connection breaks. */
  restart(awayMs?: number): Promise<void>;
}

/** Nothing survives a test run, so nothing need be on the disk. */
const careless = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "300", autovacuum: "on" };

/** A PostgreSQL of its own under the temporary folder; also as root, wherever the checkout lies. */
export async function startPostgres(options: { port?: number } = {}): Promise<Postgres> {
  const programs = await findPrograms();
  const home = await mkdtemp(path.join(tmpdir(), "portal-postgres-"));
  await chmod(home, 0o711);
  const folder = path.join(home, "data");
  await createCluster(programs, folder, "test", false);
  const port = options.port ?? (await freePort());
  const url = (database: string) => `postgres://postgres:test@127.0.0.1:${port}/${database}`;
  let pid = 0;
  const start = async () => {
    pid = await startCluster(programs, folder, port, careless);
    endWithUs(pid, home);
    await whenServing(url("postgres"), pid, folder);
  };
  await start();
  return {
    ...databasesOf(url("postgres")),
    async stop() {
      await stopCluster(pid);
      await rm(home, { recursive: true, force: true });
    },
    async restart(awayMs = 0) {
      await stopCluster(pid);
      await sleep(awayMs);
      await start();
    },
  };
}

/** @param server URL of a superuser on any database of the server */
export function databasesOf(server: string): Databases {
  const url = (database: string) => {
    const at = new URL(server);
    at.pathname = `/${database}`;
    return at.href;
  };
  return {
    url,
    async createDatabase(name, { template, locale } = {}) {
      const form = locale ? "TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'" : `TEMPLATE "${template ?? "template1"}"`;
      await query(server, `CREATE DATABASE "${name}" ${form}`);
      return url(name);
    },
    dropDatabase: (name) => query(server, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`),
  };
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
