import type { WebContext } from "#lib/context.ts";
import { inTransaction } from "#lib/requests/transaction.ts";
import { appendConsent } from "./append.ts";
import { objects, optionalNow, signalName } from "./signal.ts";
import { listPolicies, TextsError, type PolicyEntry } from "./texts.ts";

/**
 * A signed-in person's browser sends `Sec-GPC`: an objection to optional processing (Art. 21), noted once, and anew only
 * when what is optional has changed. Its absence says nothing: another browser of theirs may not know the signal.
 */
export async function noteSignal(ctx: Pick<WebContext, "actor" | "db" | "enqueue" | "policy" | "now" | "log">, header: string | null): Promise<void> {
  if (!objects(header)) return;
  const { personId } = ctx.actor;
  const version = optionalNow(await optional(ctx));
  const where = { personId, act: "objected", policy: signalName } as const;
  const noted = async (db: Pick<WebContext["db"], "consentRecord">) => (await db.consentRecord.findFirst({ where, orderBy: { at: "desc" } }))?.version === version;
  if (await noted(ctx.db)) return;
  await inTransaction(ctx.db, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Person" WHERE "id" = ${personId}::uuid FOR UPDATE`;
    if (await noted(tx)) return;
    await appendConsent(tx, ctx, { personId, act: "objected", via: "portal", policy: signalName, version, latest: null, tell: false, entry: null, actor: "subject" });
  });
}

/** Texts that cannot be read are the operator's to mend (`portal check`, the desk): nobody's page breaks over them here. */
async function optional({ policy: { policies }, log }: Pick<WebContext, "policy" | "log">): Promise<readonly PolicyEntry[]> {
  try {
    return await listPolicies(policies);
  } catch (error) {
    if (!(error instanceof TextsError)) throw error;
    log.warn("policies_unreadable");
    return [];
  }
}
