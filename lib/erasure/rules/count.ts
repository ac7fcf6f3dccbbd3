import { identifier, join, sql } from "#lib/synapse-db/sql.ts";
import type { Snapshot } from "#lib/synapse-db/synapse-db.ts";
import { condition } from "./condition.ts";
import type { Needles } from "./needles.ts";
import { columnsOf, type Rule } from "./rule.ts";

/**
 * Rows of one table by rule, in one statement. Where a text must be searched the table is read once for all rules together; where
 * keys decide, each rule goes by its index. Columns this Synapse does not have hold nothing.
 */
export async function countRows(db: Snapshot, table: string, rules: readonly Rule[], needles: Needles): Promise<(readonly [Rule, number])[]> {
  const usable: Rule[] = [];
  for (const rule of rules) {
    const there = await Promise.all(columnsOf(rule).map((column) => db.has(table, column)));
    if (there.every(Boolean)) usable.push(rule);
  }
  if (usable.length === 0) return [];
  const conditions = usable.map((rule) => condition(rule, needles));
  const name = (index: number) => identifier(`n${index}`);
  const onePass = usable.some(({ how }) => how === "in" || how === "bytes");
  const query = onePass
    ? sql`SELECT ${join(conditions.map((when, index) => sql`count(*) FILTER (WHERE ${when}) AS ${name(index)}`), ", ")} FROM ${identifier(table)} t`
    : sql`SELECT ${join(conditions.map((when, index) => sql`(SELECT count(*) FROM ${identifier(table)} t WHERE ${when}) AS ${name(index)}`), ", ")}`;
  const [row] = await db.all<Record<string, string>>(query);
  return usable.map((rule, index) => [rule, Number(row?.[`n${index}`] ?? 0)] as const);
}
