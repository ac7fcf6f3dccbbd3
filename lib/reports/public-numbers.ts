import type { DoorContext } from "#lib/auth/door-context.ts";
import type { RequestKind } from "#lib/db/generated/enums.ts";
import { DomainError } from "#lib/errors.ts";
import { localDay } from "#lib/requests/working-days.ts";
import { loadRequestFacts } from "./load-facts.ts";
import { requestKinds, speedOf, type RequestFact } from "./numbers.ts";

/** Fewer than this are told as "fewer than five", none included: who knows of one request must not learn of another. */
export const smallest = 5;

/** A year in numbers that single out nobody. null: fewer than five. No sums: a sum gives a hidden number away. */
export interface PublicYear {
  readonly year: string;
  readonly byKind: readonly { readonly kind: RequestKind; readonly received: number | null; readonly answered: number | null; readonly denied: number | null; readonly median: number | null }[];
}

const atLeast = (count: number) => (count < smallest ? null : count);

export function publicYear(facts: readonly RequestFact[], year: string): PublicYear {
  const within = (day: string | null) => day?.startsWith(`${year}-`) === true;
  return {
    year,
    byKind: requestKinds.map((kind) => {
      const ofKind = facts.filter((fact) => fact.kind === kind);
      const answered = ofKind.filter(({ answeredOn }) => within(answeredOn));
      return {
        kind,
        received: atLeast(ofKind.filter(({ receivedOn, state }) => within(receivedOn) && state !== "unconfirmed" && state !== "expired").length),
        answered: atLeast(answered.length),
        denied: atLeast(ofKind.filter(({ state, answeredOn }) => state === "denied" && within(answeredOn)).length),
        median: answered.length < smallest ? null : speedOf(answered).median,
      };
    }),
  };
}

/**
 * Whole years only, newest first: a running one, read twice, tells of the request that came between.
 * Throws DomainError "not_found" where the controller has not switched it on.
 */
export async function viewPublicNumbers({ db, policy, now }: Pick<DoorContext, "db" | "policy" | "now">): Promise<readonly PublicYear[]> {
  if (!policy.publicStatistics) throw new DomainError("not_found", "not_found");
  const facts = await loadRequestFacts(db, policy.timeZone);
  const current = localDay(now(), policy.timeZone).year;
  const first = Math.min(current, ...facts.map(({ receivedOn }) => Number(receivedOn.slice(0, 4))));
  return Array.from({ length: current - first }, (_, back) => publicYear(facts, String(current - 1 - back)));
}
