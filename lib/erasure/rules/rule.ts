import type { Trace } from "../residue.ts";
import type { ReasonCode } from "./reasons.ts";

/**
 * How a row is known to hold something of the person. `is`: the column is one of the texts looked for; `in`: one of them stands in
 * it; `bytes`: the same in a column of bytes; `local`: it is the local part of the Matrix ID; `filled`: it holds anything at all, in
 * a row that `mine` says is theirs; `event`: the row belongs to an event they sent, and the column itself is not read; `label`: it shows what the state event of type
 * `state` says in the row's room, and that event is theirs; `alias`: it is an address they gave a room.
 */
export type How = "is" | "in" | "bytes" | "local" | "filled" | "event" | "label" | "alias";

/** One column that can hold one sort of trace, and what is to be thought of a row that does. */
export interface Rule {
  readonly table: string;
  readonly column: string;
  readonly trace: Trace;
  readonly how: How;
  /** null: nothing of the sort may be left, and what is found is unexplained. */
  readonly why: ReasonCode | null;
  /** Only rows in which this column is the Matrix ID, or is not. */
  readonly mine: string | null;
  readonly not: string | null;
  /** Only where this column is true, or is not. */
  readonly yes: string | null;
  readonly no: string | null;
  readonly state: string | null;
  /** Of `label`: whether that event was redacted. */
  readonly redacted: boolean;
}

/** A line of the tables: table, columns, trace, how, why, and narrower choices as `mine:<column>`, `redacted:yes` … */
export type Line = readonly [table: string, columns: string, trace: Trace, how: How, why: ReasonCode | null, ...more: readonly `${"mine" | "not" | "yes" | "no" | "state" | "redacted"}:${string}`[]];

export function rulesOf(lines: readonly Line[]): Rule[] {
  return lines.flatMap(([table, columns, trace, how, why, ...more]) => {
    const word = (name: string) => more.find((one) => one.startsWith(`${name}:`))?.slice(name.length + 1) ?? null;
    const choice = { mine: word("mine"), not: word("not"), yes: word("yes"), no: word("no"), state: word("state"), redacted: word("redacted") === "yes" };
    return columns.split(" ").map((column) => ({ table, column, trace, how, why, ...choice }));
  });
}

/** Columns of the rule's table that are read to decide. */
export function columnsOf({ column, how, mine, not, yes, no }: Rule): string[] {
  const read = how === "event" ? ["event_id"] : how === "label" ? [column, "room_id"] : [column];
  return [...new Set([...read, mine, not, yes, no].filter((name) => name !== null))];
}
