import type { ErasingView } from "#lib/erasure/view-erasing.ts";

/** Changes whenever there is something new to show. */
export function markOf({ steps, notices, certifiedAt }: ErasingView): string {
  const counted = steps.map(({ state, tries, failure, wakeAt, facts }) => [state, tries, failure, wakeAt?.getTime() ?? 0, JSON.stringify(facts)].join());
  return [...counted, ...notices.map(({ state }) => state), certifiedAt?.getTime() ?? 0].join(" ");
}
