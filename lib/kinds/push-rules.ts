import type { Kind } from "#lib/kinds/kind.ts";
import { tableKind } from "#lib/kinds/table-kind.ts";

const stripped = { id: "internal" } as const;

/** When to be notified, as far as the person changed it (the defaults of the protocol are not stored), and threads followed. */
export const pushRules: Kind = tableKind({ id: "push_rules", group: "choices", basis: "contract", retention: "until_changed", portable: true }, [
  {
    record: "rule",
    table: "push_rules",
    key: "user_name",
    order: ["priority_class", "priority", "rule_id"],
    fields: [
      { name: "rule_id", as: "text" },
      { name: "priority_class", as: "integer" },
      { name: "priority", as: "integer" },
      { name: "conditions", as: "json" },
      { name: "actions", as: "json" },
    ],
    stripped,
    erasure: "deactivation",
  },
  {
    record: "switch",
    table: "push_rules_enable",
    key: "user_name",
    order: ["rule_id"],
    fields: [
      { name: "rule_id", as: "text" },
      { name: "enabled", as: "flag" },
    ],
    stripped,
    erasure: "deactivation",
  },
  {
    record: "change",
    table: "push_rules_stream",
    key: "user_id",
    order: ["stream_id"],
    fields: [
      { name: "op", as: "text" },
      { name: "rule_id", as: "text" },
      { name: "priority_class", as: "integer" },
      { name: "priority", as: "integer" },
      { name: "conditions", as: "json" },
      { name: "actions", as: "json" },
    ],
    stripped: { event_stream_ordering: "internal", instance_name: "internal" },
    erasure: "deactivation",
  },
  {
    record: "thread",
    table: "thread_subscriptions",
    key: "user_id",
    order: ["room_id", "event_id"],
    room: "room_id",
    fields: [
      { name: "room_id", as: "text" },
      // The message that began the thread may be someone else's: its id only.
      { name: "event_id", as: "text" },
      { name: "subscribed", as: "boolean" },
      { name: "automatic", as: "boolean" },
    ],
    stripped: { stream_id: "internal", instance_name: "internal", unsubscribed_at_stream_ordering: "internal", unsubscribed_at_topological_ordering: "internal" },
    erasure: "deactivation",
  },
]);
