import { verifyAudit } from "#lib/audit/verify.ts";
import type { Env } from "#lib/config/config.ts";
import { openPortal } from "#lib/runtime/portal.ts";
import { exit, type ExitCode, UsageError } from "./exit-codes.ts";
import type { Terminal } from "./terminal.ts";

/** `portal verify-audit`: walks the chain; the head it prints is worth keeping elsewhere. */
export async function verifyAuditCommand(args: readonly string[], env: Env, { t, say, tell }: Terminal): Promise<ExitCode> {
  if (args.length > 0) throw new UsageError(t("cli.usage"));
  const portal = await openPortal(env);
  try {
    const verdict = await verifyAudit(portal.ctx.db);
    tell(verdict.ok ? t("cli.audit.intact", { count: verdict.records }) : t("cli.audit.broken", { seq: verdict.seq }));
    say(JSON.stringify(verdict));
    return verdict.ok ? exit.ok : exit.auditBroken;
  } finally {
    await portal.close();
  }
}
