import pg from "pg";
import type { Sql } from "#lib/synapse-db/synapse-db.ts";

export type SqlValue = string | number | bigint | boolean | null;

/** SQL with values: `${value}` becomes a bind, `${sql`…`}` is woven in with its own binds. */
export function sql(strings: TemplateStringsArray, ...parts: readonly (SqlValue | Sql)[]): Sql {
  let text = strings[0] ?? "";
  const values: unknown[] = [];
  parts.forEach((part, index) => {
    if (typeof part === "object" && part !== null) {
      text += shift(part.text, values.length);
      values.push(...part.values);
    } else {
      values.push(checked(part));
      text += `$${values.length}`;
    }
    text += strings[index + 1] ?? "";
  });
  return { text, values };
}

/** Fragments with a separator between them; no fragment is an empty text. */
export function join(parts: readonly Sql[], separator: string): Sql {
  return parts.reduce<Sql>(
    (whole, part, index) => ({
      text: whole.text + (index > 0 ? separator : "") + shift(part.text, whole.values.length),
      values: [...whole.values, ...part.values],
    }),
    { text: "", values: [] },
  );
}

/** A table's or column's name, from our own lists only. */
export function identifier(name: string): Sql {
  if (!/^[a-z_][a-z0-9_]*$/.test(name)) throw new TypeError("not an identifier");
  return { text: `"${name}"`, values: [] };
}

/** One text with the values written in as literals: COPY takes no binds. */
export function inline(query: Sql): string {
  return query.text.replace(/\$(\d+)/g, (_, position: string) => {
    const value = checked(query.values[Number(position) - 1] as SqlValue);
    return value === null ? "NULL" : pg.escapeLiteral(String(value));
  });
}

function shift(text: string, by: number): string {
  return by === 0 ? text : text.replace(/\$(\d+)/g, (_, position: string) => `$${Number(position) + by}`);
}

/** PostgreSQL's protocol ends a text at NUL, and half a surrogate pair would be sent as another character. */
function checked(value: SqlValue): SqlValue {
  if (typeof value === "string" && (value.includes("\0") || !value.isWellFormed())) {
    throw new TypeError("a text PostgreSQL cannot hold");
  }
  if (typeof value === "number" && !Number.isFinite(value)) throw new TypeError("not a number");
  if (value === undefined || typeof value === "object" && value !== null) throw new TypeError("not an SQL value");
  return value;
}
