import { readableCells } from "#lib/kinds/readable-lines.ts";
import { csvBlocks } from "./csv.ts";
import type { Transform } from "./off-process/transform.ts";

/** The table of events for people, from their stored lines. */
export const eventTable: Transform<{ readonly columns: readonly string[] }> = (lines, { columns }, tell) => csvBlocks(columns, readableCells(lines), tell);
