import type { ConsentAct } from "#lib/db/generated/enums.ts";

/** What of a record decides. */
export interface Act {
  readonly policy: string;
  readonly version: string;
  readonly act: ConsentAct;
  readonly at: Date;
}

/** Where somebody stands with a policy. `older`: agreed, but to an earlier text than the one in force. */
export type Standing = "never" | "current" | "older" | "withdrawn";

/** The record that counts: the last one about this policy. `acts` in the order they were written. */
export function last<T extends Act>(acts: readonly T[], policy: string): T | null {
  return acts.findLast((each) => each.policy === policy && each.act !== "objected") ?? null;
}

/** @param current version people are asked to agree to now */
export function standing(latest: Act | null, current: string): Standing {
  if (latest === null) return "never";
  if (latest.act !== "given") return "withdrawn";
  return latest.version === current ? "current" : "older";
}
