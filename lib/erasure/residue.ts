/** What of the person was looked for. */
export const traces = ["mxid", "name", "address", "device", "ip", "text", "media"] as const;
export type Trace = (typeof traces)[number];

/** Where something of the person still stands after the run. */
export interface ResidueEntry {
  /** Table of Synapse's database, or "media_store". */
  readonly table: string;
  readonly column: string;
  readonly trace: Trace;
  /** null: the portal may not read it (a secret); what stands there is said by `why`. */
  readonly rows: number | null;
  /** Code under erasure.residue.*: why it is still there, and whether time or an operator removes it. */
  readonly why: string;
  /** Ground on which it stays, where one is needed: a code of the catalogue, like Art. 17(3)(e). */
  readonly law: string | null;
  /** Name of a reviewed statement in lib/erasure/residue-sql, for the operator to run; never run by us. */
  readonly sql: string | null;
  /** ISO 8601 moment by which it goes by itself; null where it does not. */
  readonly goesBy: string | null;
}

/** Everything found, and whether each has a reason. No certificate while `unexplained` is not empty. */
export interface Residue {
  readonly measuredAt: string;
  readonly entries: readonly ResidueEntry[];
  readonly unexplained: readonly ResidueEntry[];
}
