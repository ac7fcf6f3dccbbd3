import type { ExportScope } from "#lib/kinds/kind.ts";
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

/** Years 1 to 9999: beyond them, programs that read dates give up. */
const [earliest, latest] = [-62_135_596_800_000, 253_402_300_799_999];

/** Milliseconds as stored → a date. A number no calendar holds (senders choose theirs) is in the NDJSON only: a column of dates holds nothing else. */
export function moment(milliseconds: string | number | null, unit: 1 | 1000 = 1): Date | null {
  if (milliseconds === null) return null;
  const value = Number(milliseconds) * unit;
  return value >= earliest && value <= latest ? new Date(value) : null;
}
