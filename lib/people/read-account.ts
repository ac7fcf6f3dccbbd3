import type { WorkerContext } from "#lib/context.ts";
import type { Person } from "#lib/db/generated/client.ts";
import { RetryLater } from "#lib/errors.ts";
import { countKinds } from "#lib/kinds/count.ts";
import { kindsByDefault, type ExportScope } from "#lib/kinds/kind.ts";
import { readPortalRecords } from "#lib/kinds/portal-records.ts";
import { HomeserverRefused, HomeserverUnavailable, type Account, type Mxid } from "#lib/matrix/homeserver.ts";
import { SynapseDbUnavailable } from "#lib/synapse-db/synapse-db.ts";
import { accountState } from "./account-state.ts";

export type ReadAccountContext = Pick<WorkerContext, "db" | "homeserver" | "synapseDb" | "now">;

/** Counting costs Synapse's database something: a preview this young is good enough. */
const countsFreshMs = 10 * 60_000;

const everything: ExportScope = { kinds: kindsByDefault, from: null, to: null, mediaFiles: true };

/**
 * Looks at the account behind a fresh session: its state lets the session in, the counts make the preview.
 * The state is written first, so that nobody waits at the door for a count.
 */
export async function readAccount(ctx: ReadAccountContext, { sessionId }: { sessionId: string }): Promise<void> {
  const session = await ctx.db.session.findUnique({ where: { id: sessionId }, include: { person: true } });
  if (session === null || session.revokedAt !== null) return;
  const account = await lookUp(ctx, session.person.mxid as Mxid);
  const now = ctx.now();
  const state = accountState(account);
  const { admin = false, mails = [], consentVersion = null, consentAt = null } = account ?? {};
  const terms = { homeserverConsentVersion: consentVersion, homeserverConsentAt: consentAt, homeserverConsentReadAt: now };
  await ctx.db.$transaction([
    ctx.db.person.update({ where: { id: session.personId }, data: { accountState: state, hasMail: mails.length > 0, admin, accountReadAt: now, ...terms } }),
    ctx.db.session.updateMany({ where: { id: sessionId }, data: { checkedAt: now } }),
  ]);
  if (state === "active" || state === "suspended") await preview(ctx, session.person);
}

async function lookUp(ctx: ReadAccountContext, mxid: Mxid): Promise<Account | null> {
  try {
    return await ctx.homeserver.account(mxid);
  } catch (cause) {
    if (cause instanceof HomeserverUnavailable) throw new RetryLater("homeserver_down", { afterSeconds: cause.afterSeconds, cause });
    if (cause instanceof HomeserverRefused) throw new RetryLater("homeserver_refused", { cause });
    throw cause;
  }
}

async function preview(ctx: ReadAccountContext, person: Person): Promise<void> {
  const now = ctx.now();
  if (person.countsReadAt !== null && now.getTime() - person.countsReadAt.getTime() < countsFreshMs) return;
  try {
    const subject = person.mxid as Mxid;
    const portal = await readPortalRecords(ctx.db, subject);
    const counts = await ctx.synapseDb.snapshot((db) => countKinds({ db, subject, scope: everything, portal }));
    await ctx.db.person.update({ where: { id: person.id }, data: { counts, countsReadAt: now } });
  } catch (cause) {
    if (cause instanceof SynapseDbUnavailable) throw new RetryLater("synapse_database_down", { cause });
    throw cause;
  }
}
