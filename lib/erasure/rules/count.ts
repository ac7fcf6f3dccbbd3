import { identifier, join, sql } from "#lib/synapse-db/sql.ts";
import type { Snapshot, Sql } from "#lib/synapse-db/synapse-db.ts";
import { condition } from "./condition.ts";
import type { Needles } from "./needles.ts";
import { columnsOf, type Rule } from "./rule.ts";

/** Tables that grow with every message: searched slice by slice. The role may read the place of their rows for that. */
export const slicedTables: readonly string[] = ["event_json", "events", "state_groups_state", "state_events", "current_state_delta_stream", "event_relations"];

/** Blocks in a slice, a quarter of a gigabyte: there is an answer now and then, and no silence that looks like a dead connection. */
const slice = 32_768;

/**
 * Rows of one table by rule. Where a text must be searched the table is read once for all rules together; where keys decide, each
 * rule goes by its index. Columns this Synapse does not have hold nothing.
 */
export async function countRows(db: Snapshot, table: string, rules: readonly Rule[], needles: Needles, blocks = slice): Promise<(readonly [Rule, number])[]> {
  const usable: Rule[] = [];
  for (const rule of rules) {
    const there = await Promise.all(columnsOf(rule).map((column) => db.has(table, column)));
    if (there.every(Boolean)) usable.push(rule);
  }
  if (usable.length === 0) return [];
  const conditions = usable.map((rule) => condition(rule, needles));
  const searched = usable.some(({ how }) => how === "in" || how === "bytes");
  const counts = searched ? await search(db, table, conditions, slicedTables.includes(table) ? blocks : Infinity) : await lookUp(db, table, conditions);
  return usable.map((rule, index) => [rule, counts[index] ?? 0] as const);
}

const name = (index: number) => identifier(`n${index}`);

async function lookUp(db: Snapshot, table: string, conditions: readonly Sql[]): Promise<number[]> {
  const counts = conditions.map((when, index) => sql`(SELECT count(*) FROM ${identifier(table)} t WHERE ${when}) AS ${name(index)}`);
  return numbers(await db.all(sql`SELECT ${join(counts, ", ")}`), conditions.length);
}

/** Every row this snapshot can see lies in the blocks the table has by now. */
async function search(db: Snapshot, table: string, conditions: readonly Sql[], blocks: number): Promise<number[]> {
  const sums = conditions.map(() => 0);
  const counts = join(conditions.map((when, index) => sql`count(*) FILTER (WHERE ${when}) AS ${name(index)}`), ", ");
  if (blocks === Infinity) return numbers(await db.all(sql`SELECT ${counts} FROM ${identifier(table)} t`), conditions.length);
  const [size] = await db.all<{ blocks: string }>(sql`SELECT pg_relation_size(to_regclass(${table}::text)) / current_setting('block_size')::bigint AS blocks`);
  const last = Number(size?.blocks ?? 0);
  for (let from = 0; from <= last; from += blocks) {
    const within = sql`t.ctid >= ${`(${from},0)`}::tid AND t.ctid < ${`(${from + blocks},0)`}::tid`;
    const found = numbers(await db.all(sql`SELECT ${counts} FROM ${identifier(table)} t WHERE ${within}`), conditions.length);
    found.forEach((n, index) => (sums[index] = (sums[index] ?? 0) + n));
  }
  return sums;
}

function numbers([row]: readonly Record<string, string>[], length: number): number[] {
  return Array.from({ length }, (_, index) => Number(row?.[`n${index}`] ?? 0));
}
