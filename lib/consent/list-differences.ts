import type { WebContext } from "#lib/context.ts";
import type { ConsentAct } from "#lib/db/generated/enums.ts";
import { DomainError } from "#lib/errors.ts";
import { withdrawnVersion } from "./policy-file.ts";
import { listPolicies, TextsError, type PolicyEntry } from "./texts.ts";

/** Somebody of whom ledger and homeserver say different things. */
export interface Difference {
  readonly mxid: string;
  readonly act: ConsentAct;
  readonly version: string;
  readonly at: Date;
  /** What the homeserver keeps, and when we read that. */
  readonly seen: string | null;
  readonly readAt: Date | null;
  /** Key under failures.*, when it was told and did not take it. */
  readonly failure: string | null;
}

export interface DifferencesView {
  /** false: the homeserver has no consent of its own, so there is nothing to differ from. */
  readonly homeserverAsks: boolean;
  /** What is wrong with the folder of texts, naming the file; nothing can be compared then. */
  readonly problem: string | null;
  readonly total: number;
  /** The first hundred, by Matrix ID. */
  readonly rows: readonly Difference[];
}

/** For the desk. Throws DomainError("not_found") for people without a role on it. */
export async function listDifferences({ actor, db, policy: { policies }, formSecret }: Pick<WebContext, "actor" | "db" | "policy" | "formSecret">): Promise<DifferencesView> {
  if (actor.role === null) throw new DomainError("not_found", "request");
  const texts = await readable(policies);
  const policy = formSecret === null ? undefined : texts.policies.find(({ homeserver }) => homeserver)?.policy;
  if (policy === undefined) return { homeserverAsks: formSecret !== null, problem: texts.problem, total: 0, rows: [] };
  const rows = await db.$queryRaw<(Difference & { total: bigint })[]>`
    SELECT p."mxid", r."act"::text AS "act", r."version", r."at", p."homeserverConsentVersion" AS "seen", p."homeserverConsentReadAt" AS "readAt", t."failure",
      count(*) OVER () AS "total"
    FROM "Person" p
    JOIN LATERAL (SELECT * FROM "ConsentRecord" c WHERE c."personId" = p."id" AND c."policy" = ${policy} AND c."act" <> 'objected'
      ORDER BY c."at" DESC, c."id" DESC LIMIT 1) r ON true
    LEFT JOIN "ConsentTold" t ON t."consentId" = r."id"
    WHERE t."state" IS DISTINCT FROM 'waiting' AND p."mxid" LIKE '@%'
      AND (t."state" = 'failed' OR (p."homeserverConsentReadAt" IS NOT NULL
        AND CASE r."act" WHEN 'given' THEN p."homeserverConsentVersion" IS DISTINCT FROM r."version"
          ELSE p."homeserverConsentVersion" IS NOT NULL AND p."homeserverConsentVersion" <> ${withdrawnVersion} END))
    ORDER BY p."mxid" LIMIT 100`;
  return { homeserverAsks: true, problem: null, total: Number(rows[0]?.total ?? 0), rows: rows.map(({ total: _, ...row }) => row) };
}

/** The desk stays open when a text is broken, and says so. */
async function readable(folder: string | null): Promise<{ readonly policies: readonly PolicyEntry[]; readonly problem: string | null }> {
  try {
    return { policies: await listPolicies(folder), problem: null };
  } catch (error) {
    if (error instanceof TextsError) return { policies: [], problem: error.message };
    throw error;
  }
}
