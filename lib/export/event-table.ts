import { readableCells } from "#lib/kinds/readable-lines.ts";
import { csvBytes } from "./csv.ts";
import type { Transform } from "./off-process/transform.ts";

/** The table of events for people, from their stored lines. */
export const eventTable: Transform<{ readonly columns: readonly string[] }> = (lines, { columns }, tell) => csvBytes(columns, readableCells(lines), tell);
