import { appendAudit } from "#lib/audit/append.ts";
import type { WorkerContext } from "#lib/context.ts";
import { RetryLater } from "#lib/errors.ts";
import { HomeserverRefused, HomeserverUnavailable, type Mxid } from "#lib/matrix/homeserver.ts";
import { signLink } from "./link.ts";
import { withdrawnVersion } from "./policy-file.ts";

export type RecordContext = Pick<WorkerContext, "db" | "homeserver" | "formSecret" | "now" | "log">;

/**
 * Job `consent.record`: the homeserver is told by its own form, then asked. Only what it says itself counts as recorded.
 * A withdrawal is told as a version that no text has: the account is blocked at its next message.
 * @throws RetryLater while the homeserver is away
 */
export async function recordBack(ctx: RecordContext, { consentId }: { consentId: string }): Promise<void> {
  const told = await ctx.db.consentTold.findUnique({ where: { consentId, state: "waiting" }, include: { consent: { include: { person: true } } } });
  if (told === null) return;
  const { personId, policy, act, version, person } = told.consent;
  const newest = await ctx.db.consentRecord.findFirst({ where: { personId, policy, act: { not: "objected" } }, orderBy: [{ at: "desc" }, { id: "desc" }] });
  // Overtaken: the homeserver keeps one version, and is told the later word. Or it has no consent of its own any more.
  if (newest?.id !== consentId || ctx.formSecret === null) return void (await ctx.db.consentTold.deleteMany({ where: { consentId } }));
  await ctx.db.consentTold.updateMany({ where: { consentId }, data: { tries: { increment: 1 } } });
  await settle(ctx, consentId, personId, await tell(ctx, ctx.formSecret, person.mxid as Mxid, act === "given" ? version : withdrawnVersion));
}

interface Outcome {
  readonly failure: string | null;
  readonly version: string | null;
  readonly at: Date | null;
}

async function tell({ homeserver }: RecordContext, formSecret: string, mxid: Mxid, version: string): Promise<Outcome> {
  try {
    const before = await homeserver.account(mxid);
    if (before === null) return { failure: "account_gone", version: null, at: null };
    // Told before, and only the answer was lost: saying it again would move the date it keeps.
    if (before.consentVersion !== version) await homeserver.acceptTerms(mxid, version, signLink(formSecret, mxid));
    const after = before.consentVersion === version ? before : await homeserver.account(mxid);
    const { consentVersion = null, consentAt = null } = after ?? {};
    return { failure: consentVersion === version ? null : "consent_unread", version: consentVersion, at: consentAt };
  } catch (cause) {
    if (cause instanceof HomeserverUnavailable) throw new RetryLater("homeserver_down", { afterSeconds: cause.afterSeconds, cause });
    if (!(cause instanceof HomeserverRefused)) throw cause;
    // Its Admin API refuses us: that is our access, not this consent.
    if (cause.status === 401) throw new RetryLater("homeserver_refused", { cause });
    return { failure: "consent_refused", version: null, at: null };
  }
}

async function settle(ctx: RecordContext, consentId: string, personId: string, { failure, version, at }: Outcome): Promise<void> {
  const now = ctx.now();
  await ctx.db.$transaction(async (tx) => {
    const { count } = await tx.consentTold.updateMany({
      where: { consentId, state: "waiting" },
      data: failure === null ? { state: "recorded", recordedAt: now } : { state: "failed", failure },
    });
    if (count !== 1) return;
    // Read, whatever it said.
    if (failure === null || failure === "consent_unread") await tx.person.update({ where: { id: personId }, data: { homeserverConsentVersion: version, homeserverConsentAt: at, homeserverConsentReadAt: now } });
    await appendAudit(tx, { at: now, event: failure === null ? "consent_recorded" : "consent_differs", actor: "worker", data: { consent: consentId, failure } });
  });
  if (failure !== null) ctx.log.warn("consent_not_recorded", { failure });
}
