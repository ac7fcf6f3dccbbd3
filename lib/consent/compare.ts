import { appendAudit } from "#lib/audit/append.ts";
import type { WorkerContext } from "#lib/context.ts";
import { RetryLater } from "#lib/errors.ts";
import { inTransaction } from "#lib/requests/transaction.ts";
import { sql } from "#lib/synapse-db/sql.ts";
import { SynapseDbUnavailable } from "#lib/synapse-db/synapse-db.ts";
import { appendConsent, lockLatest } from "./append.ts";
import { compare, type Seen } from "./comparison.ts";
import { listPolicies } from "./texts.ts";

export type CompareContext = Pick<WorkerContext, "db" | "enqueue" | "synapseDb" | "policy" | "formSecret" | "now" | "log">;

/** After sign-in, on what the reading of the account has just stored: what was agreed to past the portal enters the ledger. */
export async function compareAccount(ctx: Omit<CompareContext, "synapseDb">, { sessionId }: { sessionId: string }): Promise<void> {
  const policy = await homeserversPolicy(ctx);
  const session = policy === null ? null : await ctx.db.session.findUnique({ where: { id: sessionId }, include: { person: true } });
  if (policy === null || !session?.person.homeserverConsentReadAt) return;
  const { id, homeserverConsentVersion: version, homeserverConsentAt: at } = session.person;
  await settle(ctx, policy, id, { version, at });
}

/**
 * Job `consent.compare`, every night: what the homeserver keeps of everybody the portal knows, held against the ledger.
 * @throws RetryLater while Synapse's database is away
 */
export async function compareConsents(ctx: CompareContext): Promise<void> {
  const policy = await homeserversPolicy(ctx);
  if (policy === null) return;
  const people = new Map((await ctx.db.person.findMany({ select: { id: true, mxid: true } })).map(({ id, mxid }) => [mxid, id]));
  let differ = 0;
  for (const [personId, seen] of await look(ctx, people)) {
    const data = { homeserverConsentVersion: seen.version, homeserverConsentAt: seen.at, homeserverConsentReadAt: ctx.now() };
    await ctx.db.person.updateMany({ where: { id: personId }, data });
    if (await settle(ctx, policy, personId, seen)) differ += 1;
  }
  if (differ > 0) ctx.log.warn("consents_differ", { people: differ });
}

/** null: the homeserver has no consent of its own, or no text of ours is its. */
async function homeserversPolicy({ policy: { policies }, formSecret }: Pick<CompareContext, "policy" | "formSecret">): Promise<string | null> {
  return formSecret === null ? null : ((await listPolicies(policies)).find(({ homeserver }) => homeserver)?.policy ?? null);
}

async function look({ synapseDb }: CompareContext, people: ReadonlyMap<string, string>): Promise<readonly (readonly [string, Seen])[]> {
  try {
    return await synapseDb.snapshot(async (db) => {
      const found: (readonly [string, Seen])[] = [];
      for await (const row of db.rows<{ name: string; version: string | null; ts: string | null }>(sql`SELECT name, consent_version AS version, consent_ts AS ts FROM users`)) {
        const personId = people.get(row.name);
        if (personId) found.push([personId, { version: row.version, at: row.ts === null ? null : new Date(Number(row.ts)) }]);
      }
      return found;
    });
  } catch (cause) {
    if (cause instanceof SynapseDbUnavailable) throw new RetryLater("synapse_database_down", { cause });
    throw cause;
  }
}

/** @returns whether the two contradict each other */
async function settle(ctx: Pick<CompareContext, "db" | "enqueue" | "now" | "policy">, policy: string, personId: string, seen: Seen): Promise<boolean> {
  return await inTransaction(ctx.db, async (tx) => {
    const latest = await lockLatest(tx, personId, policy);
    const told = latest && (await tx.consentTold.findUnique({ where: { consentId: latest.id } }));
    const comparison = compare(latest && { ...latest, waiting: told?.state === "waiting" }, seen);
    if (comparison === "given_there" || comparison === "withdrawn_there") {
      const given = comparison === "given_there";
      const version = given ? (seen.version ?? "") : (latest?.version ?? seen.version ?? "");
      // Its clock may be ahead of ours: nothing in the ledger lies in the future.
      const at = new Date(Math.min(seen.at?.getTime() ?? ctx.now().getTime(), ctx.now().getTime()));
      await appendConsent(tx, ctx, { personId, act: given ? "given" : "withdrawn", via: "homeserver", policy, version, at, latest, tell: false, entry: null, actor: "worker" });
    }
    if (comparison !== "differs" || latest === null) return false;
    // Once a contradiction: the desk shows it as long as it stands.
    const known = await tx.auditRecord.findFirst({ where: { event: "consent_differs", data: { path: ["consent"], equals: latest.id } } });
    if (known === null) await appendAudit(tx, { at: ctx.now(), event: "consent_differs", actor: "worker", data: { consent: latest.id, failure: null } });
    return true;
  });
}
