import { migrate } from "#lib/db/migrate.ts";
import { template } from "#tests/fixtures/db.ts";
import { startPostgres, type Postgres } from "./postgres.ts";

/** Several projects name this file; the server is started once for the whole run. */
interface Shared {
  users: number;
  postgres: Promise<Postgres>;
}
const run = globalThis as typeof globalThis & { portalTestPostgres?: Shared };

export async function setup(): Promise<void> {
  const shared = (run.portalTestPostgres ??= { users: 0, postgres: prepare() });
  shared.users += 1;
  await shared.postgres;
}

export async function teardown(): Promise<void> {
  const shared = run.portalTestPostgres;
  if (!shared) return;
  shared.users -= 1;
  if (shared.users > 0) return;
  delete run.portalTestPostgres;
  await (await shared.postgres).stop();
}

async function prepare(): Promise<Postgres> {
  const postgres = await startPostgres();
  await migrate(await postgres.createDatabase(template));
  process.env.TEST_POSTGRES_URL = postgres.url("postgres");
  return postgres;
}
