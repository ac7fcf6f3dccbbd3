import pg from "pg";

export type Tables = ReadonlyMap<string, readonly string[]>;

/** Every row of every table, as the JSON PostgreSQL makes of it, sorted. */
export async function everyRow(db: pg.Client): Promise<Tables> {
  const { rows: tables } = await db.query<{ name: string }>("SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1");
  const all = new Map<string, string[]>();
  for (const { name } of tables) {
    const { rows } = await db.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM (SELECT * FROM public.${pg.escapeIdentifier(name)}) t ORDER BY 1`).catch(() => db.query<{ row: string }>(`SELECT t::text AS row FROM public.${pg.escapeIdentifier(name)} t ORDER BY 1`));
    all.set(name, rows.map(({ row }) => row));
  }
  return all;
}

/** Rows that are in the first and not in the second. */
export function missingFrom(before: readonly string[], after: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const row of after) left.set(row, (left.get(row) ?? 0) + 1);
  return before.filter((row) => {
    const n = left.get(row) ?? 0;
    left.set(row, n - 1);
    return n < 1;
  });
}
