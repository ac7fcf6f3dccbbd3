import { identifier, join, sql } from "#lib/synapse-db/sql.ts";
import type { Sql } from "#lib/synapse-db/synapse-db.ts";
import { formsOf, type Needles } from "./needles.ts";
import type { Rule } from "./rule.ts";

/** When a row of the rule's table, by the name `t`, holds what the rule is about. */
export function condition(rule: Rule, needles: Needles): Sql {
  const parts = [held(rule, needles), ...choices(rule, needles)];
  return sql`(${join(parts.map((part) => sql`(${part})`), " AND ")})`;
}

function held(rule: Rule, { mxid, localpart, of }: Needles): Sql {
  const column = sql`t.${identifier(rule.column)}`;
  const texts = of[rule.trace];
  const forms = [...new Set(texts.flatMap(formsOf))];
  switch (rule.how) {
    case "is":
      return texts.length === 0 ? sql`FALSE` : sql`${column} IN (${join(texts.map((text) => sql`${text}`), ", ")})`;
    case "in":
      return any(forms.map((form) => sql`strpos(${column}::text, ${form}) > 0`));
    case "bytes":
      return any(forms.map((form) => sql`position(convert_to(${form}, 'UTF8') in ${column}) > 0`));
    case "local":
      return sql`${column} = ${localpart}`;
    case "filled":
      return sql`${column} IS NOT NULL AND ${column}::text <> ''`;
    case "event":
      return sql`t.event_id IN (SELECT e.event_id FROM events e WHERE e.sender = ${mxid})`;
    case "label":
      return sql`${column} IS NOT NULL AND t.room_id IN (SELECT c.room_id FROM current_state_events c JOIN events e ON e.event_id = c.event_id
        WHERE c.type = ${rule.state} AND c.state_key = '' AND e.sender = ${mxid}
          AND ${rule.redacted ? sql`` : sql`NOT`} EXISTS (SELECT FROM redactions r WHERE r.redacts = c.event_id))`;
    case "alias":
      return sql`${column} IN (SELECT a.room_alias FROM room_aliases a WHERE a.creator = ${mxid})`;
  }
}

function choices({ mine, not, yes, no }: Rule, { mxid }: Needles): Sql[] {
  return [
    ...(mine ? [sql`t.${identifier(mine)} = ${mxid}`] : []),
    ...(not ? [sql`t.${identifier(not)} IS DISTINCT FROM ${mxid}`] : []),
    ...(yes ? [sql`coalesce(t.${identifier(yes)}, FALSE)`] : []),
    ...(no ? [sql`NOT coalesce(t.${identifier(no)}, FALSE)`] : []),
  ];
}

function any(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql`FALSE` : join(conditions, " OR ");
}
