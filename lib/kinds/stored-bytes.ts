import { sql } from "#lib/synapse-db/sql.ts";
import type { Sql } from "#lib/synapse-db/synapse-db.ts";

/** Two hexadecimal digits a byte: well-formed UTF-8 without NUL (RFC 3629 § 4), which is all that PostgreSQL's text can hold. */
const wellFormed = [
  "^(0[1-9a-f]|[1-7][0-9a-f]",
  "(c[2-9a-f]|d[0-9a-f])[89ab][0-9a-f]",
  "e0[ab][0-9a-f][89ab][0-9a-f]",
  "(e[1-9a-cef])([89ab][0-9a-f]){2}",
  "ed[89][0-9a-f][89ab][0-9a-f]",
  "f0[9ab][0-9a-f]([89ab][0-9a-f]){2}",
  "f[1-3]([89ab][0-9a-f]){3}",
  "f4[8][0-9a-f]([89ab][0-9a-f]){2})*$",
].join("|");

/** A bytea column as the text it holds, or NULL: convert_from would fail the whole statement for one bad byte. */
export function utf8(bytes: Sql): Sql {
  return sql`CASE WHEN encode(${bytes}, 'hex') ~ ${wellFormed}::text THEN convert_from(${bytes}, 'UTF8') END`;
}

/** The same bytes in base 64 where they are no text, so that nothing is lost. */
export function notUtf8(bytes: Sql): Sql {
  return sql`CASE WHEN encode(${bytes}, 'hex') !~ ${wellFormed}::text THEN translate(encode(${bytes}, 'base64'), E'\\n', '') END`;
}

/**
 * A column that is bytea in older Synapses and text in newer ones, as text either way. JSON begins with no backslash, and
 * bytes are written as \x… by every snapshot; bytes that are no text are left in that form.
 */
export function textOrBytes(column: Sql): Sql {
  const bytes = sql`decode(substr(${column}::text, 3), 'hex')`;
  return sql`CASE WHEN ${column}::text ~ '^\\\\x([0-9a-f]{2})*$' THEN coalesce(${utf8(bytes)}, to_json(${column}::text)::text) ELSE ${column}::text END`;
}
