import { createHash } from "node:crypto";
import type { WorkerContext } from "#lib/context.ts";
import { RetryLater } from "#lib/errors.ts";
import { unmapped } from "#lib/kinds/unmapped.ts";
import { renderUnmapped } from "#lib/mail/letters/unmapped.ts";
import { MailRefused, MailUnavailable } from "#lib/mail/mailer.ts";
import { SynapseDbUnavailable } from "#lib/synapse-db/synapse-db.ts";

export type WatchContext = Pick<WorkerContext, "db" | "synapseDb" | "mailer" | "policy" | "now" | "log">;

/**
 * Job `synapse.watch`: holds Synapse's tables against what we have classified. What nobody has classified becomes an
 * alarm on the desk and one mail to the data-protection officer; once it is classified or gone, the alarm goes.
 * @throws RetryLater while Synapse's database or the mail server is away
 */
export async function watchSynapse(ctx: WatchContext): Promise<void> {
  const found = await look(ctx);
  const at = ctx.now();
  await ctx.db.$transaction([
    ctx.db.unmappedData.deleteMany({ where: { name: { notIn: [...found] } } }),
    ctx.db.unmappedData.createMany({ data: found.map((name) => ({ name, firstSeenAt: at })), skipDuplicates: true }),
  ]);
  const untold = await ctx.db.unmappedData.findMany({ where: { toldAt: null }, orderBy: { name: "asc" } });
  if (untold.length === 0) return;
  ctx.log.warn("synapse_unmapped", { names: found.length, untold: untold.length });
  await tell(ctx, untold.map(({ name }) => name));
}

async function look({ synapseDb }: WatchContext): Promise<readonly string[]> {
  try {
    return await synapseDb.snapshot(async ({ relations }) => unmapped(relations));
  } catch (cause) {
    if (cause instanceof SynapseDbUnavailable) throw new RetryLater("synapse_database_down", { cause });
    throw cause;
  }
}

/** The same names make the same Message-ID: a repeat after a crash is known as one. */
async function tell({ db, mailer, policy, now, log }: WatchContext, names: readonly string[]): Promise<void> {
  const mark = createHash("sha256").update(names.join("\n")).digest("hex").slice(0, 32);
  try {
    await mailer.send({ to: policy.dpoMail, messageId: `<unmapped.${mark}@${new URL(policy.portalUrl).hostname}>`, ...renderUnmapped(names, policy, now(), policy.language) });
  } catch (error) {
    if (error instanceof MailUnavailable) throw new RetryLater("mail_down", { cause: error });
    if (!(error instanceof MailRefused)) throw error;
    // An address that takes no mail: the alarm stands on the desk all the same.
    log.warn("unmapped_mail_refused");
  }
  await db.unmappedData.updateMany({ where: { name: { in: [...names] } }, data: { toldAt: now() } });
}
