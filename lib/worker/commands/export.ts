import { access, constants } from "node:fs/promises";
import path from "node:path";
import { type Env, workerConfig } from "#lib/config/config.ts";
import { GiveUp, RetryLater } from "#lib/errors.ts";
import { exportToFile, FileExists } from "#lib/export/export-to-file.ts";
import { type BuildFailure, PackageBlocked } from "#lib/export/failures.ts";
import { kinds } from "#lib/kinds/all.ts";
import { defaultLocale, translator } from "#lib/messages/messages.ts";
import { openPortal } from "#lib/runtime/portal.ts";
import { registerKeys } from "#lib/signing/register-keys.ts";
import { exit, type ExitCode, UsageError } from "./exit-codes.ts";
import { readExportOptions } from "./export-options.ts";
import type { Terminal } from "./terminal.ts";

/** `portal export`: the package of one person as a file, for a request that came by letter. */
export async function exportCommand(args: readonly string[], env: Env, terminal: Terminal): Promise<ExitCode> {
  const { t } = terminal;
  const asked = readExportOptions(args, workerConfig(env).policy.serverName, t);
  await access(path.dirname(asked.file), constants.W_OK).catch(() => {
    throw new UsageError(t("cli.noFolder", { file: asked.file }));
  });
  const portal = await openPortal(env);
  const stopper = new AbortController();
  const interrupt = () => stopper.abort();
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  try {
    // A package whose key nobody can look up proves nothing: published before it is used.
    await registerKeys(portal.ctx, portal.config.signingKeys);
    const observer = { signal: stopper.signal, progress: terminal.progress, step: () => undefined };
    const { file, bytes, sha256, summary } = await exportToFile(portal.ctx, { ...asked, kinds }, observer);
    terminal.endProgress();
    terminal.tell(t("cli.done", { file, bytes }));
    terminal.say(JSON.stringify({ file, bytes, sha256, ...summary }));
    return exit.ok;
  } catch (error) {
    terminal.endProgress();
    // Whatever broke by then or because of it: somebody pressed Ctrl-C.
    if (stopper.signal.aborted) return exit.interrupted;
    if (error instanceof FileExists) throw new UsageError(t("cli.exists", { file: asked.file }));
    return failed(error, terminal, (line) => portal.ctx.log.error("export_failed", line));
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    await portal.close();
  }
}

const away: ReadonlySet<string> = new Set<BuildFailure>(["homeserver_down", "synapse_database_down", "database_down", "storage_down"]);

function failed(error: unknown, { t, tell }: Terminal, log: (error: unknown) => void): ExitCode {
  const failure = error instanceof RetryLater || error instanceof GiveUp ? error.failure : "unexpected";
  if (failure === "unexpected") log(error);
  tell(t(`cli.failed.${failure}`));
  if (error instanceof PackageBlocked) {
    const reasons = translator(defaultLocale, "desk.gate.codes");
    for (const { path, line, code } of error.verdict.findings) tell(`  ${path}${line === undefined ? "" : `:${line}`}  ${reasons(code)}`);
  }
  if (failure === ("account_gone" satisfies BuildFailure)) return exit.noAccount;
  return away.has(failure) ? exit.unreachable : exit.failed;
}
