import type { Env } from "#lib/config/config.ts";
import { replayErasures } from "#lib/erasure/replay.ts";
import { openWorker } from "#lib/runtime/worker.ts";
import { exit, type ExitCode, UsageError } from "./exit-codes.ts";
import type { Terminal } from "./terminal.ts";

/** `portal replay-erasures`: after a restore of the homeserver's database, erases again whoever had been erased. */
export async function replayErasuresCommand(args: readonly string[], env: Env, { t, say, tell }: Terminal): Promise<ExitCode> {
  if (args.length > 0) throw new UsageError(t("cli.help"));
  const worker = await openWorker(env, "portal", { write: (line) => void process.stderr.write(line) });
  try {
    const counts = await replayErasures(worker.ctx);
    tell(t("cli.replay.done", { registered: counts.registered, erased: counts.erased, already: counts.already }));
    say(JSON.stringify(counts));
    return Object.keys(counts.failed).length > 0 ? exit.failed : exit.ok;
  } finally {
    await worker.close();
  }
}
