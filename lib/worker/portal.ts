import type { Env } from "#lib/config/config.ts";
import { readEnvFile } from "#lib/config/env-file.ts";
import { ConfigError } from "#lib/config/explain.ts";
import { NotReady } from "#lib/runtime/ready-database.ts";
import { checkCommand } from "./commands/check.ts";
import { exit, type ExitCode, UsageError } from "./commands/exit-codes.ts";
import { exportCommand } from "./commands/export.ts";
import { planErasureCommand } from "./commands/plan-erasure.ts";
import { publishPolicyCommand } from "./commands/publish-policy.ts";
import { replayErasuresCommand } from "./commands/replay-erasures.ts";
import { openTerminal, type Terminal } from "./commands/terminal.ts";
import { verifyAuditCommand } from "./commands/verify-audit.ts";

type Command = (args: readonly string[], env: Env, terminal: Terminal) => Promise<ExitCode>;

const commands: Readonly<Record<string, Command>> = {
  export: exportCommand,
  check: checkCommand,
  "plan-erasure": planErasureCommand,
  "verify-audit": verifyAuditCommand,
  "publish-policy": publishPolicyCommand,
  "replay-erasures": replayErasuresCommand,
};

/** `npm run portal -- <command>`: the operator's command line. The answer is on standard output, all else on standard error. */
async function main([name = "", ...args]: readonly string[]): Promise<ExitCode> {
  const terminal = openTerminal();
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  const wantsHelp = name === "" || name === "help" || name === "--help";
  if (!command) {
    if (!wantsHelp) terminal.tell(terminal.t("cli.badCommand", { command: name }));
    terminal.tell(terminal.t("cli.help"));
    return name === "help" || name === "--help" ? exit.ok : exit.usage;
  }
  try {
    readEnvFile();
    return await command(args, process.env, terminal);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof ConfigError || error instanceof NotReady)) throw error;
    terminal.tell(error.message);
    return error instanceof NotReady ? exit.unreachable : exit.usage;
  }
}

process.exitCode = await main(process.argv.slice(2));
