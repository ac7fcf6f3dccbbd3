import { ConfigError } from "#lib/config/explain.ts";
import { readEnvFile } from "#lib/config/env-file.ts";
import { NotReady } from "#lib/runtime/ready-database.ts";
import { openWorker } from "#lib/runtime/worker.ts";
import { givenUp } from "./given-up.ts";
import { handlers } from "./handlers.ts";

/** `npm run worker`: takes jobs until told to stop; several may run side by side. */
async function main(): Promise<void> {
  readEnvFile();
  const { ctx, queue, close } = await openWorker(process.env);
  await queue.work(handlers(ctx), givenUp(ctx));
  ctx.log.info("worker_started");

  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    ctx.log.info("worker_stopping", { signal });
    await close();
    ctx.log.info("worker_stopped");
    // A build that outlived the drain is abandoned: its lease runs out and another worker takes it up.
    process.exit(0);
  };
  process.on("SIGTERM", () => void stop("SIGTERM"));
  process.on("SIGINT", () => void stop("SIGINT"));
}

try {
  await main();
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof NotReady)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
