import type { BulkAct } from "#lib/requests/bulk.ts";

const acts: readonly BulkAct[] = ["approve", "deny", "assign"];

/** From an address or a form; null: not one of ours. */
export function bulkAct(given: unknown): BulkAct | null {
  return acts.find((act) => act === given) ?? null;
}
