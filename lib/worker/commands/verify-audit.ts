import { readAnchors } from "#lib/audit/anchor.ts";
import { verifyAudit } from "#lib/audit/verify.ts";
import type { Env } from "#lib/config/config.ts";
import { anchorFile } from "#lib/runtime/anchor-file.ts";
import { openPortal } from "#lib/runtime/portal.ts";
import { exit, type ExitCode, UsageError } from "./exit-codes.ts";
import type { Terminal } from "./terminal.ts";

/** `portal verify-audit [--anchors FILE]`: walks the chain and holds it against what was noted outside the database, here or in a copy kept elsewhere. */
export async function verifyAuditCommand(args: readonly string[], env: Env, { t, say, tell }: Terminal): Promise<ExitCode> {
  const [option, file, ...more] = args;
  if (more.length > 0 || (option !== undefined && (option !== "--anchors" || file === undefined))) throw new UsageError(t("cli.help"));
  const portal = await openPortal(env);
  try {
    const verdict = await verifyAudit(portal.ctx.db, await readAnchors(file ?? anchorFile(portal.config)));
    if (verdict.ok) tell(`${t("cli.audit.intact", { count: verdict.records })} ${t("cli.audit.anchors", { count: verdict.anchors })}`);
    else tell(t(verdict.problem === "anchor" ? "cli.audit.unanchored" : "cli.audit.broken", { seq: verdict.seq }));
    say(JSON.stringify(verdict));
    return verdict.ok ? exit.ok : exit.auditBroken;
  } finally {
    await portal.close();
  }
}
