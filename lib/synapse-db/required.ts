import { reads } from "#lib/synapse-db/reads.ts";

/** Tables no look can do without, by which a database is known as Synapse's; of others a kind says that they are missing. */
const tables = ["users", "events", "event_json", "rejections", "redactions", "room_memberships", "local_current_membership", "rooms", "room_stats_state"];
/** Columns younger than the oldest Synapse that works. */
const young: readonly string[] = ["redactions.recheck", "users.locked", "users.suspended", "users.approved"];

/** `table` and `table.column`. */
export const required: readonly string[] = tables.flatMap((table) => [
  table,
  ...(reads[table] ?? []).map((column) => `${table}.${column}`).filter((name) => !young.includes(name)),
]);

export interface Fitness {
  /** Not one of Synapse's tables that hold messages is there. */
  readonly synapse: boolean;
  readonly missing: readonly string[];
}

export function fitness(names: ReadonlySet<string>): Fitness {
  return {
    synapse: ["events", "event_json", "room_memberships"].every((table) => names.has(table)),
    missing: required.filter((name) => !names.has(name)),
  };
}
