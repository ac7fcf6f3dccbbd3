import { parseArgs } from "node:util";
import type { Env } from "#lib/config/config.ts";
import { runChecks } from "./checks.ts";
import { exit, type ExitCode, UsageError } from "./exit-codes.ts";
import type { Terminal } from "./terminal.ts";

/** `portal check`: a line for each thing the portal leans on; `--json` for machines. */
export async function checkCommand(args: readonly string[], env: Env, { t, say }: Terminal): Promise<ExitCode> {
  const json = readJson(args, t("cli.help"));
  const checks = await runChecks(env, t);
  if (json) say(JSON.stringify({ ok: checks.every((check) => check.verdict === "ok"), checks }));
  else {
    for (const { name, verdict, details } of checks) {
      const [first = "", ...more] = details;
      say(`${t(verdict === "ok" ? "cli.check.ok" : "cli.check.bad").padEnd(8)}${t(`cli.check.${name}`)}: ${first}`);
      for (const detail of more) say(`${" ".repeat(8)}${detail}`);
    }
  }
  if (checks.some((check) => check.verdict === "unfit")) return exit.unfit;
  return checks.some((check) => check.verdict === "away") ? exit.unreachable : exit.ok;
}

function readJson(args: readonly string[], usage: string): boolean {
  try {
    return parseArgs({ args: [...args], options: { json: { type: "boolean" } } }).values.json === true;
  } catch {
    throw new UsageError(usage);
  }
}
