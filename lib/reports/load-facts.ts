import type { PrismaClient } from "#lib/db/generated/client.ts";
import type { RequestFact } from "./numbers.ts";

type Row = Omit<RequestFact, "kind" | "state"> & { readonly kind: string; readonly state: string };

/**
 * Every request as days in the controller's zone, in one query: closed ones are kept for years and there may be many.
 * The first answer of a copy is its first package, of a deletion the day it was scheduled, of all else its end; a refusal
 * always is one. What was withdrawn or expired was not answered.
 */
export async function loadRequestFacts(db: PrismaClient, timeZone: string): Promise<readonly RequestFact[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT kind::text AS kind, state::text AS state, "extendedAt" IS NOT NULL AS extended,
      to_char("receivedAt" AT TIME ZONE ${timeZone}, 'YYYY-MM-DD') AS "receivedOn",
      to_char("dueOn", 'YYYY-MM-DD') AS "dueOn",
      to_char("closedAt" AT TIME ZONE ${timeZone}, 'YYYY-MM-DD') AS "closedOn",
      to_char((CASE
        WHEN state = 'denied' THEN "decidedAt"
        WHEN state IN ('withdrawn', 'expired') AND kind <> 'export' THEN NULL
        WHEN kind = 'export' THEN (SELECT min("builtAt") FROM "Package" WHERE "Package"."requestId" = "Request".id)
        WHEN kind = 'erasure' THEN CASE WHEN "notBefore" IS NOT NULL THEN "decidedAt" END
        ELSE "closedAt" END) AT TIME ZONE ${timeZone}, 'YYYY-MM-DD') AS "answeredOn"
    FROM "Request"`;
  return rows as readonly RequestFact[];
}
