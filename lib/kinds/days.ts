import type { Cell, ExportScope } from "#lib/kinds/kind.ts";
import { sql } from "#lib/synapse-db/sql.ts";
import type { Sql } from "#lib/synapse-db/synapse-db.ts";

const day = 86_400_000;

/**
 * Whether a moment (SQL, milliseconds since 1970) lies outside the inclusive days (UTC) asked for.
 * A row without a moment is inside: what is held is given rather than dropped.
 */
export function outsideDays(moment: Sql, scope: ExportScope): Sql {
  const from = scope.from === null ? sql`FALSE` : sql`${moment} < ${Date.parse(scope.from)}::bigint`;
  const to = scope.to === null ? sql`FALSE` : sql`${moment} >= ${Date.parse(scope.to) + day}::bigint`;
  return sql`coalesce(${from} OR ${to}, FALSE)`;
}

/** Milliseconds as stored → a date; a number no calendar holds (senders choose theirs) stays a number. */
export function moment(milliseconds: string | null, unit: 1 | 1000 = 1): Cell {
  if (milliseconds === null) return null;
  const value = Number(milliseconds) * unit;
  return Math.abs(value) <= 253_402_300_799_999 ? new Date(value) : milliseconds;
}
