import path from "node:path";
import { readEnvFile } from "#lib/config/env-file.ts";
import { ensureEmbedded } from "./embedded.ts";
import { migrate } from "./migrate.ts";

/** `npm run migrate`: needs only DATABASE_URL (or DATA_DIR for the embedded database), no other setting. */
readEnvFile();
const { DATABASE_URL, DATA_DIR } = process.env;
const embedded = DATABASE_URL ? null : await ensureEmbedded(path.resolve(DATA_DIR || ".data"));
try {
  const applied = await migrate(embedded?.url ?? DATABASE_URL ?? "", (name) => process.stdout.write(`applying ${name}\n`));
  process.stdout.write(applied.length > 0 ? `${applied.length} applied\n` : "nothing to apply\n");
} catch (error) {
  process.stderr.write(`The database could not be migrated: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await embedded?.stop();
}
