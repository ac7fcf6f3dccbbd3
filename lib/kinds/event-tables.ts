import type { Coverage } from "#lib/kinds/kind.ts";

/** The tables an event of the person is read from; `event_json` is read whole, and what servers put into it is cut (foreign.ts). */
export const eventTables: readonly Coverage[] = [
  {
    table: "events",
    columns: [
      "event_id", "room_id", "type", "sender", "state_key", "stream_ordering", "outlier", "origin_server_ts", "received_ts", "rejection_reason",
    ],
    stripped: {
      topological_ordering: "internal", depth: "internal", processed: "internal", contains_url: "internal", instance_name: "internal",
      content: "duplicate", unrecognized_keys: "duplicate",
    },
    erasure: "conversation",
  },
  {
    table: "event_json",
    columns: ["event_id", "json", "internal_metadata"],
    stripped: { room_id: "duplicate", format_version: "internal" },
    erasure: "conversation",
  },
  { table: "rejections", columns: ["event_id"], stripped: { reason: "internal", last_check: "internal" }, erasure: "conversation" },
  { table: "redactions", columns: ["event_id", "redacts", "have_censored", "received_ts", "recheck"], erasure: "conversation" },
  { table: "room_ban_redactions", columns: ["room_id", "user_id", "redacting_event_id", "redact_end_ordering"], erasure: "synapse" },
  {
    table: "room_stats_state",
    columns: ["room_id", "name", "room_type"],
    // A room's name and type are enough to know it again; the rest is the room's and not the person's.
    stripped: {
      canonical_alias: "others", join_rules: "others", history_visibility: "others", encryption: "others", avatar: "others",
      guest_access: "others", is_federatable: "others", topic: "others",
    },
    erasure: "conversation",
  },
];
