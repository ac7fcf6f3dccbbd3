import { identifier, join, sql } from "#lib/synapse-db/sql.ts";
import type { Sql } from "#lib/synapse-db/synapse-db.ts";

/** How a column is written: `json` is text that already is JSON and passes byte for byte; the moments are integers. */
export type Form = "text" | "integer" | "boolean" | "flag" | "json" | "milliseconds" | "seconds";

export interface Field {
  /** Key in NDJSON, column in CSV, and the stored column unless `value` says otherwise. */
  readonly name: string;
  readonly as: Form;
  /** When more than the column itself: an expression, and the columns it reads. */
  readonly value?: { readonly sql: Sql; readonly reads: readonly string[] };
}

/** The table a field is read from goes by the name `t`. */
export function valueOf(field: Field): Sql {
  const value = field.value?.sql ?? sql`t.${identifier(field.name)}`;
  return field.as === "flag" ? sql`(${value} <> 0)` : value;
}

/** One row as a JSON document in SQL: never parsed on the way, so no number is rounded and no escape changed. */
export function jsonLine(record: string, fields: readonly Field[]): Sql {
  return join([sql`'{"record":' || to_json(${record}::text)::text`, ...fields.map(member), sql`'}'`], " || ");
}

function member(field: Field): Sql {
  const value = valueOf(field);
  const key = `,${JSON.stringify(field.name)}:`;
  if (field.as === "text") return sql`${key}::text || coalesce(to_json(${value}::text)::text, 'null')`;
  if (field.as !== "json") return sql`${key}::text || coalesce((${value})::text, 'null')`;
  const text = sql`(${value})::text`;
  // A raw control character is no JSON and could end the line: then the bytes travel in base 64.
  return sql`CASE WHEN ${text} ~ '[\\x01-\\x1f]' THEN ${`,${JSON.stringify(`${field.name}_base64`)}:"`}::text || ${base64(text)} || '"'
    ELSE ${key}::text || coalesce(${text}, 'null') END`;
}

function base64(text: Sql): Sql {
  return sql`translate(encode(convert_to(${text}, 'UTF8'), 'base64'), E'\\n', '')`;
}
