import type { Kind } from "#lib/kinds/kind.ts";
import { tableKind } from "#lib/kinds/table-kind.ts";

const stripped = { id: "Synapse's own counter" };

/** When to be notified, as far as the person changed it: the defaults of the protocol are not stored. */
export const pushRules: Kind = tableKind({ id: "push_rules", basis: "contract", portable: true }, [
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
  },
]);
