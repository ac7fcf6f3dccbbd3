import type { WebConfig } from "#lib/config/config.ts";
import { ensureEmbedded } from "#lib/db/embedded.ts";
import { pendingMigrations } from "#lib/db/pending.ts";

/** A sentence for the operator's terminal: what is wrong and what to do. */
export class NotReady extends Error {}

export interface ReadyDatabase {
  readonly url: string;
  /** Lets go of the embedded server; nothing to do for another. */
  stop(): Promise<void>;
}

/**
 * The portal's own database with this version's schema: the configured one, or the embedded one.
 * @throws NotReady when it does not answer or migrations wait
 */
export async function readyDatabase(config: Pick<WebConfig, "databaseUrl" | "dataDir">): Promise<ReadyDatabase> {
  const database = config.databaseUrl === null
    ? await ensureEmbedded(config.dataDir)
    : { url: config.databaseUrl, stop: () => Promise.resolve() };
  const pending = await pendingMigrations(database.url).catch(async (cause: unknown) => {
    await database.stop();
    throw new NotReady("The portal's database does not answer: check DATABASE_URL and that PostgreSQL runs.", { cause });
  });
  if (pending.length === 0) return database;
  await database.stop();
  throw new NotReady(`The database lacks ${pending.length} migration${pending.length === 1 ? "" : "s"} of this version: run \`npm run migrate\` first.`);
}
