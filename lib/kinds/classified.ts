import { kinds } from "#lib/kinds/all.ts";
import { leftOut } from "#lib/kinds/catalogue.ts";

/** Every table of Synapse we know, with its columns: what kinds cover, column by column, and the catalogue of what none covers. */
export function classified(): ReadonlyMap<string, ReadonlySet<string>> {
  const known = new Map<string, Set<string>>();
  const add = (table: string, columns: readonly string[]) => known.set(table, new Set([...(known.get(table) ?? []), ...columns]));
  for (const { table, columns, stripped } of kinds.flatMap((kind) => kind.covers)) add(table, [...columns, ...Object.keys(stripped ?? {})]);
  for (const { table, ids, texts } of leftOut) add(table, [...ids, ...texts]);
  return known;
}
