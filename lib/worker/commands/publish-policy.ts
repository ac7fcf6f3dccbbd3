import type { Env } from "#lib/config/config.ts";
import { publishPolicy } from "#lib/consent/publish.ts";
import { TextsError } from "#lib/consent/texts.ts";
import { openWorker } from "#lib/runtime/worker.ts";
import { exit, type ExitCode, UsageError } from "./exit-codes.ts";
import type { Terminal } from "./terminal.ts";

/** `portal publish-policy <policy> <version> [--notify]`: notes that a text is in force; the worker sends the notices. */
export async function publishPolicyCommand(args: readonly string[], env: Env, { t, say, tell }: Terminal): Promise<ExitCode> {
  const [policy, version, option, ...more] = args;
  if (policy === undefined || version === undefined || more.length > 0 || (option !== undefined && option !== "--notify")) throw new UsageError(t("cli.help"));
  const worker = await openWorker(env, "portal", { write: (line) => void process.stderr.write(line) });
  try {
    const result = await publishPolicy(worker.ctx, { policy, version, notify: option === "--notify" });
    if (result.is !== "published") throw new UsageError(t(`cli.publish.${result.is}`, { policy, version }));
    tell(t("cli.publish.done", { policy, version, before: String(result.before), notifies: String(result.notifies) }));
    say(JSON.stringify({ publicationId: result.publicationId, before: result.before, notifies: result.notifies }));
    return exit.ok;
  } catch (error) {
    if (error instanceof TextsError) throw new UsageError(error.message, { cause: error });
    throw error;
  } finally {
    await worker.close();
  }
}
