import { moment, outsideDays } from "#lib/kinds/days.ts";
import type { Cell, Column, Coverage, Erasure, Exclusion, Kind, LedgerRow, Note, Source } from "#lib/kinds/kind.ts";
import { type Field, type Form, jsonLine, valueOf } from "#lib/kinds/line.ts";
import type { Mxid, RoomId } from "#lib/matrix/homeserver.ts";
import { identifier, join, sql } from "#lib/synapse-db/sql.ts";
import type { Sql } from "#lib/synapse-db/synapse-db.ts";

/** One of Synapse's tables, keyed by the person, given row by row. */
export interface Part {
  /** "record" of the NDJSON line: what one row is. */
  readonly record: string;
  readonly table: string;
  /** The column that holds the Matrix ID, or how else a row is known as the person's; only its rows are ever read. */
  readonly key: string | Match;
  readonly fields: readonly Field[];
  readonly order: readonly string[];
  /** Column of the room id where the ledger counts by room. */
  readonly room?: string;
  /** Column of the moment (ms) the asked-for days apply to. */
  readonly dated?: string;
  /** Rules that keep rows out before the asked-for days do. */
  readonly leftOut?: readonly (readonly [Exclusion, Sql])[];
  /** Columns we know and leave out, and why. */
  readonly stripped?: Coverage["stripped"];
  /** Rows that name the person and are not given. */
  readonly rows?: Coverage["rows"];
  readonly erasure: Erasure;
}

/** A row is the person's when `where` holds (the table goes by the name `t`); `reads` are the table's columns in it. */
export interface Match {
  readonly where: (subject: Mxid) => Sql;
  readonly reads: readonly string[];
}

type Facts = Pick<Kind, "id" | "group" | "basis" | "retention" | "portable">;

/** Bytes of a line where nobody measured: tables of one person are small. */
const usualLine = 250;

/** A kind that is nothing but rows of tables: every part through the same counting, NDJSON and CSV. */
export function tableKind(facts: Facts, parts: readonly Part[]): Kind {
  const columns = columnsOf(parts);

  async function* held(source: Source): AsyncGenerator<Part> {
    for (const part of parts) {
      const missing = await gaps(source, part);
      if (missing.whole) continue;
      yield { ...part, fields: part.fields.filter((field) => reads(field).every((column) => !missing.columns.includes(column))) };
    }
  }

  return {
    ...facts,
    covers: parts.map(coverage),
    async tally(source) {
      const rows: LedgerRow[] = [];
      for await (const part of held(source)) rows.push(...(await count(facts.id, part, source)));
      return merge(rows);
    },
    estimate: async (_, rows) => rows * usualLine,
    async notes(source) {
      const notes: Note[] = [];
      for (const part of parts) {
        const missing = await gaps(source, part);
        if (missing.whole) notes.push({ code: "table_missing", table: part.table });
        else notes.push(...missing.columns.map((column) => ({ code: "column_missing" as const, table: part.table, column })));
      }
      return notes;
    },
    async *ndjson(source) {
      for await (const part of held(source)) {
        yield* source.db.copy(sql`SELECT ${jsonLine(part.record, part.fields)} ${included(part, source)}`);
      }
    },
    csv: {
      columns,
      async *rows(source) {
        for await (const part of held(source)) {
          const wanted = part.fields.map((field) => sql`(${valueOf(field)})::text AS ${identifier(field.name)}`);
          for await (const row of source.db.rows<Record<string, string | null>>(sql`SELECT ${join(wanted, ", ")} ${included(part, source)}`)) {
            yield columns.map(({ name }) => cell(name, row, part));
          }
        }
      },
    },
  };
}

const types: Readonly<Record<Form, Column["type"]>> = {
  text: "string", json: "string", integer: "integer", boolean: "boolean", flag: "boolean", milliseconds: "datetime", seconds: "datetime",
};

/** One column a name, whichever parts have it. @throws TypeError when they do not mean the same by it */
function columnsOf(parts: readonly Part[]): readonly Column[] {
  const columns = new Map<string, Column>([["record", { name: "record", type: "string" }]]);
  for (const { name, as } of parts.flatMap((part) => part.fields)) {
    const known = columns.get(name);
    if (known && known.type !== types[as]) throw new TypeError(`${name} is ${known.type} and ${types[as]}`);
    columns.set(name, { name, type: types[as] });
  }
  return [...columns.values()];
}

function cell(column: string, row: Record<string, string | null>, part: Part): Cell {
  if (column === "record") return part.record;
  const form = part.fields.find((field) => field.name === column)?.as;
  const value = row[column] ?? null;
  if (value === null || form === undefined) return null;
  if (form === "milliseconds") return moment(value);
  if (form === "seconds") return moment(value, 1000);
  if (form === "boolean" || form === "flag") return value === "true";
  // A negative one as text would be guarded like a formula.
  if (form === "integer") return Number.isSafeInteger(Number(value)) ? Number(value) : BigInt(value);
  return value;
}

function included(part: Part, source: Source): Sql {
  // Text by its bytes, whatever the database's locale; numbers by their size.
  const texts = new Set(part.fields.filter((field) => field.as === "text").map((field) => field.name));
  const order = part.order.map((column) => sql`t.${identifier(column)}${texts.has(column) ? sql` COLLATE "C"` : sql``}`);
  return sql`${from(part, source.subject)} AND ${verdict(part, source)} IS NULL ORDER BY ${join(order, ", ")}`;
}

async function count(kind: Kind["id"], part: Part, source: Source): Promise<LedgerRow[]> {
  const room = part.room === undefined ? sql`NULL::text` : sql`t.${identifier(part.room)}`;
  const rows = await source.db.all<{ room: RoomId | null; verdict: Exclusion | null; n: string }>(
    sql`SELECT ${room} AS room, ${verdict(part, source)} AS verdict, count(*) AS n ${from(part, source.subject)} GROUP BY 1, 2`,
  );
  return rows.map(({ room, verdict, n }) => ({
    kind,
    room,
    candidates: Number(n),
    included: verdict === null ? Number(n) : 0,
    tombstones: 0,
    excluded: verdict === null ? {} : { [verdict]: Number(n) },
  }));
}

/** One line of the ledger a room, whatever parts and verdicts its rows come from. */
function merge(rows: readonly LedgerRow[]): LedgerRow[] {
  const byRoom = new Map<string | null, LedgerRow>();
  for (const row of rows) {
    const sum = byRoom.get(row.room);
    const excluded = { ...sum?.excluded };
    for (const [code, n] of Object.entries(row.excluded) as [Exclusion, number][]) excluded[code] = (excluded[code] ?? 0) + n;
    byRoom.set(row.room, { ...row, candidates: row.candidates + (sum?.candidates ?? 0), included: row.included + (sum?.included ?? 0), excluded });
  }
  return [...byRoom.values()];
}

function from(part: Part, subject: Mxid): Sql {
  const theirs = typeof part.key === "string" ? sql`t.${identifier(part.key)} = ${subject}` : part.key.where(subject);
  return sql`FROM ${identifier(part.table)} t WHERE (${theirs})`;
}

/** The code of the rule that keeps the row out, or NULL; first match wins. */
function verdict(part: Part, source: Source): Sql {
  const days = part.dated === undefined ? [] : [["OUT_OF_RANGE", outsideDays(sql`t.${identifier(part.dated)}`, source.scope)] as const];
  const rules = [...(part.leftOut ?? []), ...days];
  return rules.length === 0 ? sql`NULL::text` : sql`CASE ${join(rules.map(([code, when]) => sql`WHEN ${when} THEN ${code}::text`), " ")} END`;
}

async function gaps(source: Source, part: Part): Promise<{ whole: boolean; columns: string[] }> {
  const columns: string[] = [];
  for (const column of coverage(part).columns) {
    if (!(await source.db.has(part.table, column))) columns.push(column);
  }
  const needed = [...keyColumns(part), ...part.order, part.room, part.dated];
  return { whole: columns.some((column) => needed.includes(column)), columns };
}

function reads(field: Field): readonly string[] {
  return field.value?.reads ?? [field.name];
}

function keyColumns({ key }: Part): readonly string[] {
  return typeof key === "string" ? [key] : key.reads;
}

function coverage(part: Part): Coverage {
  const columns = [...keyColumns(part), ...part.fields.flatMap(reads), ...part.order, part.room, part.dated];
  return {
    table: part.table,
    columns: [...new Set(columns.filter((column) => column !== undefined))],
    ...(part.stripped ? { stripped: part.stripped } : {}),
    ...(part.rows ? { rows: part.rows } : {}),
    erasure: part.erasure,
  };
}
