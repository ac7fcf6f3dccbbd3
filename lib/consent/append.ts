import { randomUUID } from "node:crypto";
import { appendAudit } from "#lib/audit/append.ts";
import type { AuditEvent, AuditRole } from "#lib/audit/events.ts";
import type { WebContext } from "#lib/context.ts";
import type { ConsentRecord, Prisma } from "#lib/db/generated/client.ts";
import type { PolicyFile } from "./policy-file.ts";
import { receiptOf } from "./receipt.ts";
import type { ConsentAct, ConsentVia } from "#lib/db/generated/enums.ts";

export type LedgerContext = Pick<WebContext, "db" | "enqueue" | "policy" | "formSecret" | "now">;

interface NewConsent {
  readonly personId: string;
  readonly act: ConsentAct;
  readonly via: ConsentVia;
  readonly policy: string;
  readonly version: string;
  readonly language?: string | null;
  readonly textHash?: string | null;
  /** When it was said, where that is not now: the homeserver's own word. */
  readonly at?: Date;
  /** What was last said about it (`lockLatest`): the new word is later, however fast it follows. */
  readonly latest: Pick<ConsentRecord, "at"> | null;
  /** The homeserver is to be told. */
  readonly tell: boolean;
  /** What the receipt says besides the record, of the policy as it is now; null: the person was not here, or the policy is gone. */
  readonly entry: PolicyFile | null;
  readonly actor: Extract<AuditRole, "subject" | "operator" | "worker">;
  /** Of an operator: who (`Person.id`). */
  readonly by?: string;
}

const events: Readonly<Record<ConsentAct, AuditEvent>> = { given: "consent_given", withdrawn: "consent_withdrawn", objected: "consent_objected" };

/** The only writer of the ledger: the row, what the homeserver is to be told, the audit record and the job go together. */
export async function appendConsent(tx: Prisma.TransactionClient, ctx: Pick<LedgerContext, "enqueue" | "now" | "policy">, entry: NewConsent): Promise<string> {
  const id = randomUUID();
  const { personId, act, via, policy, version, language = null, textHash = null, latest, tell, actor, by = null } = entry;
  const at = new Date(Math.max((entry.at ?? ctx.now()).getTime(), (latest?.at.getTime() ?? -1) + 1));
  await tx.consentRecord.create({ data: { id, personId, act, via, policy, version, language, textHash, at, ...(tell ? { told: { create: {} } } : {}) } });
  if (entry.entry) {
    const document = receiptOf({ id, personId, act, renewed: latest !== null, policy, version, language, textHash, at }, entry.entry, ctx.policy, language ?? ctx.policy.language);
    await tx.consentReceipt.create({ data: { consentId: id, document: document as Prisma.InputJsonObject } });
    await ctx.enqueue(tx, { queue: "consent.receipt", data: { consentId: id } });
  }
  if (tell) await ctx.enqueue(tx, { queue: "consent.record", data: { consentId: id } });
  await appendAudit(tx, { at: ctx.now(), event: events[act], actor, actorId: actor === "subject" ? personId : by, data: { consent: id, policy, version, via } });
  return id;
}

/**
 * What the person last said about a policy. Their row stays locked until the caller commits, so that of two clicks the
 * second sees what the first wrote.
 */
export async function lockLatest(tx: Prisma.TransactionClient, personId: string, policy: string): Promise<ConsentRecord | null> {
  await tx.$queryRaw`SELECT 1 FROM "Person" WHERE "id" = ${personId}::uuid FOR UPDATE`;
  return await tx.consentRecord.findFirst({ where: { personId, policy, act: { not: "objected" } }, orderBy: [{ at: "desc" }, { id: "desc" }] });
}
