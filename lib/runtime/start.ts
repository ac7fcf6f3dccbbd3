import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { readEnvFile } from "#lib/config/env-file.ts";
import { webConfig } from "#lib/config/config.ts";
import { ConfigError } from "#lib/config/explain.ts";
import { webEnvironment } from "#lib/config/web-environment.ts";
import { NotReady, readyDatabase } from "./ready-database.ts";

/** `npm start`: the web process, once everything it needs is there. Arguments go on to `next start`. */
async function start(): Promise<number> {
  readEnvFile();
  const config = webConfig(webEnvironment(process.env));
  if (!existsSync(path.join(process.env.NEXT_DIST_DIR || ".next", "BUILD_ID"))) throw new NotReady("There is no build yet: run `npm run build` first.");
  const database = await readyDatabase(config);
  try {
    const env = webEnvironment(process.env, { DATABASE_URL: database.url, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" });
    return await finished(spawn("next", ["start", ...process.argv.slice(2)], { stdio: "inherit", env: env as NodeJS.ProcessEnv }));
  } finally {
    await database.stop();
  }
}

/** The child's exit code; signals go on to it, so that it ends by itself. */
function finished(child: ChildProcess): Promise<number> {
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(code ?? (signal === "SIGTERM" || signal === "SIGINT" ? 0 : 1)));
  });
}

try {
  process.exitCode = await start();
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof NotReady)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
