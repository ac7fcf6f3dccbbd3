/** SQL text with `$1…` and its values; written with the tag in sql.ts so that a value is never part of the text. */
export interface Sql {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** The database did not answer or the connection broke: the whole look must be repeated. */
export class SynapseDbUnavailable extends Error {
  constructor(options: { cause?: unknown } = {}) {
    super("Synapse's database is unavailable", options);
    this.name = "SynapseDbUnavailable";
  }
}

/**
 * The database answered, and cannot be used as it is: not Synapse's, or a right is missing. `reason` is
 * "not_synapse", "column_missing" or PostgreSQL's SQLSTATE; trying again cannot help.
 */
export class SynapseDbUnfit extends Error {
  readonly reason: string;

  constructor(reason: string, options: { cause?: unknown } = {}) {
    super(`Synapse's database cannot be used: ${reason}`, options);
    this.name = "SynapseDbUnfit";
    this.reason = reason;
  }
}

/** A table in Synapse's own schema, granted or not. `wordy`: the column's type could hold a name, so neither number nor time. */
export interface Relation {
  readonly table: string;
  readonly columns: readonly { readonly name: string; readonly wordy: boolean }[];
}

/**
 * One REPEATABLE READ READ ONLY transaction: everything read through it is of the same moment.
 * One query at a time. bigint columns arrive as strings; JSON is stored as text and stays text.
 */
export interface Snapshot {
  /** When the snapshot was taken, by the database's clock. */
  readonly takenAt: Date;
  /** Every table there is, whether or not it may be read. */
  readonly relations: readonly Relation[];
  /** Row by row through a cursor; to leave early is fine. */
  rows<R extends object>(query: Sql): AsyncIterable<R>;
  /** All rows at once: only where the number is small by nature. */
  all<R extends object>(query: Sql): Promise<R[]>;
  /**
   * `COPY (query) TO STDOUT`, the query selecting one text column: each value byte for byte, one a line. Only a
   * value that holds U+0001, U+0002, CR or LF stands between two U+0001, with its own U+0001 doubled. Chunks
   * end anywhere, not at a line, and **each is good until the next is asked for**. To leave early costs the connection: every later look through this
   * snapshot is SynapseDbUnavailable.
   */
  copy(query: Sql): AsyncIterable<Buffer>;
  /** Whether this Synapse has the table (and column): older and newer ones differ. */
  has(table: string, column?: string): Promise<boolean>;
}

/** PORT: a read-only look into Synapse's PostgreSQL. Every method may throw SynapseDbUnavailable or SynapseDbUnfit. */
export interface SynapseDb {
  snapshot<T>(look: (snapshot: Snapshot) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
