import type { ErasureProgress } from "#lib/erasure/list-steps.ts";

/** Changes whenever there is something new to show. */
export function markOf({ steps, notices, certified }: ErasureProgress): string {
  const counted = steps.map(({ state, tries, failure, wakeAt, facts }) => [state, tries, failure, wakeAt?.getTime() ?? 0, JSON.stringify(facts)].join());
  return [...counted, ...notices.map(({ state }) => state), certified].join(" ");
}
