import pg from "pg";

/** A text to look for, and what the test calls it. */
export interface Needle {
  readonly name: string;
  readonly text: string;
}

export interface Found {
  readonly table: string;
  readonly column: string;
  /** The needle's name. */
  readonly needle: string;
  readonly rows: number;
}

/** Types that can hold no words. */
const numbers = ["bigint", "integer", "smallint", "boolean", "numeric", "double precision", "real", "timestamp with time zone", "timestamp without time zone", "date"];

/**
 * Every table and every column of the database in which one of the texts stands, by a look as superuser that shares nothing with
 * lib: bytes are searched as bytes, JSON also as it is written with escapes, search vectors in small letters.
 * @param client of Synapse's database, as its owner
 */
export async function findTraces(client: pg.Client, needles: readonly Needle[]): Promise<Found[]> {
  const { rows: columns } = await client.query<{ table: string; column: string; type: string }>(
    `SELECT c.table_name AS table, c.column_name AS column, c.data_type AS type FROM information_schema.columns c
     JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND NOT c.data_type = ANY ($1) ORDER BY 1, c.ordinal_position`,
    [numbers],
  );
  const plain = needles.map(({ text }) => text);
  const escaped = plain.map((text) => JSON.stringify(text).slice(1, -1));
  const ascii = escaped.map((text) => Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)).map((unit) => (unit > 126 ? `\\u${unit.toString(16).padStart(4, "0")}` : String.fromCharCode(unit))).join(""));
  const found: Found[] = [];
  for (const [table, of] of Map.groupBy(columns, (column) => column.table)) {
    const counts = of.map(({ column, type }, index) => `count(*) FILTER (WHERE ${holds(`t.${pg.escapeIdentifier(column)}`, type)})::int AS c${index}`);
    const { rows } = await client.query<Record<string, number>>(
      `SELECT n.place::int AS place, ${counts.join(", ")} FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS n (plain, escaped, ascii, place)
       CROSS JOIN public.${pg.escapeIdentifier(table)} t GROUP BY 1 ORDER BY 1`,
      [plain, escaped, ascii],
    );
    for (const row of rows) {
      of.forEach(({ column }, index) => {
        const count = row[`c${index}`] ?? 0;
        if (count > 0) found.push({ table, column, needle: needles[(row["place"] ?? 0) - 1]?.name ?? "", rows: count });
      });
    }
  }
  return found;
}

function holds(column: string, type: string): string {
  if (type === "bytea") return ["plain", "escaped", "ascii"].map((form) => `position(convert_to(n.${form}, 'UTF8') in ${column}) > 0`).join(" OR ");
  if (type === "tsvector") return `strpos(${column}::text, lower(n.plain)) > 0`;
  return ["plain", "escaped", "ascii"].map((form) => `strpos(${column}::text, n.${form}) > 0`).join(" OR ");
}
