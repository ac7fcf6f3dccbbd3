import { createHash } from "node:crypto";
import { appendAudit } from "#lib/audit/append.ts";
import type { WorkerContext } from "#lib/context.ts";
import { RetryLater } from "#lib/errors.ts";
import { renderDrift } from "#lib/mail/letters/drift.ts";
import { MailRefused, MailUnavailable } from "#lib/mail/mailer.ts";
import { registeredAccounts } from "./local-accounts.ts";

export type DriftContext = Pick<WorkerContext, "db" | "synapseDb" | "mailer" | "policy" | "secret" | "registerFile" | "now" | "log">;

/**
 * Job `erasure.drift`, once a night: an erased account that is active again, or has files, is told to the
 * officer once (S18). The alarm stands in the register until the account is gone again; nothing is done to it from here.
 */
export async function driftCheck(ctx: DriftContext): Promise<void> {
  const { found } = await registeredAccounts(ctx);
  const back = found.filter(({ gone }) => !gone).map(({ entry }) => entry.mark);
  await ctx.db.erasedAccount.updateMany({ where: { driftAt: { not: null }, mark: { notIn: back } }, data: { driftAt: null } });
  const fresh = await ctx.db.erasedAccount.findMany({ where: { mark: { in: back }, driftAt: null }, orderBy: { mark: "asc" } });
  if (fresh.length === 0) return;
  const marks = fresh.map(({ mark }) => mark);
  ctx.log.warn("erased_accounts_back", { accounts: back.length, untold: marks.length });
  await tell(ctx, marks);
  await ctx.db.$transaction(async (tx) => {
    const at = ctx.now();
    const { count } = await tx.erasedAccount.updateMany({ where: { mark: { in: marks }, driftAt: null }, data: { driftAt: at } });
    if (count > 0) await appendAudit(tx, { at, event: "drift_found", actor: "worker", data: { accounts: count } });
  });
}

/** The same accounts on the same day make the same Message-ID: a repeat after a crash is known as one. */
async function tell({ mailer, policy, now, log }: DriftContext, marks: readonly string[]): Promise<void> {
  const at = now();
  const id = createHash("sha256").update([at.toISOString().slice(0, 10), ...marks].join("\n")).digest("hex").slice(0, 32);
  try {
    await mailer.send({ to: policy.dpoMail, messageId: `<drift.${id}@${new URL(policy.portalUrl).hostname}>`, ...renderDrift(marks.length, policy, at, policy.language) });
  } catch (error) {
    if (error instanceof MailUnavailable) throw new RetryLater("mail_down", { cause: error });
    if (!(error instanceof MailRefused)) throw error;
    // The alarm stands in the register and in the audit record all the same.
    log.warn("drift_mail_refused");
  }
}
