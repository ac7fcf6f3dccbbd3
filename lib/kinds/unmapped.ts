import { classified } from "#lib/kinds/classified.ts";
import type { Relation } from "#lib/synapse-db/synapse-db.ts";

/**
 * What stands in Synapse's schema and nobody has classified, sorted: `table`, or `table.column` of a known table where
 * the column's type could hold a Matrix ID. Nobody knows whether it is about the person, so a package is incomplete by it.
 */
export function unmapped(relations: readonly Relation[]): readonly string[] {
  const known = classified();
  return relations
    .flatMap(({ table, columns }) => {
      const told = known.get(table);
      if (!told) return [table];
      return columns.filter(({ name, wordy }) => wordy && !told.has(name)).map(({ name }) => `${table}.${name}`);
    })
    .sort();
}
