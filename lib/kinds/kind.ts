import type { MediaId, Mxid, RoomId } from "#lib/matrix/homeserver.ts";
import type { Snapshot } from "#lib/synapse-db/synapse-db.ts";

/** Every kind of personal data the package knows; the order is the order of the package. */
export const kindIds = [
  "account",
  "profile",
  "threepids",
  "devices",
  "sessions",
  "account_data",
  "rooms",
  "messages",
  "media",
  "receipts",
  "push_rules",
  "pushers",
  "reports",
  "backfilled_own",
] as const;
export type KindId = (typeof kindIds)[number];

/** In a package only when asked for by name and granted for that request (faults.md § 0, rights.md: owner's scope decision). */
export const kindsOnApproval: readonly KindId[] = ["backfilled_own"];
/** What "everything" means: to the form, the command line and the preview. */
export const kindsByDefault: readonly KindId[] = kindIds.filter((id) => !kindsOnApproval.includes(id));

/** What the person asked for. Dates are inclusive days (YYYY-MM-DD) in UTC; null is open. */
export interface ExportScope {
  readonly kinds: readonly KindId[];
  readonly from: string | null;
  readonly to: string | null;
  /** With the media files themselves, or their list only. */
  readonly mediaFiles: boolean;
}

/** Why a candidate row is not in the package. Exclusive, first match wins in this order (faults.md § 0). */
export const exclusions = ["BACKFILLED", "REJECTED", "SOFT_FAILED", "OUT_OF_RANGE"] as const;
export type Exclusion = (typeof exclusions)[number];

/** One line of the scope ledger: candidates = included + the sum of excluded, always. */
export interface LedgerRow {
  readonly kind: KindId;
  /** null for kinds that are not kept by room. */
  readonly room: RoomId | null;
  readonly candidates: number;
  readonly included: number;
  /** Of the included: redacted events, given as tombstones. */
  readonly tombstones: number;
  readonly excluded: Readonly<Partial<Record<Exclusion, number>>>;
}

/** Preview by kind: rows that would be included, and a rough size of their bytes (media: the files). */
export type KindCounts = Readonly<Partial<Record<KindId, { readonly rows: number; readonly bytes: number }>>>;

/** Art. 6(1) ground on which a homeserver usually holds the kind; the controller may differ. */
export type LegalBasis = "contract" | "legitimate_interest" | "legal_obligation";

/** What we do with one of Synapse's tables: the columns we read, and those we leave out and why. */
export interface Coverage {
  readonly table: string;
  readonly columns: readonly string[];
  readonly stripped?: Readonly<Record<string, string>>;
}

/** What the manifest must say beside the counts: this Synapse keeps no such table or column, so nothing of it is in. */
export interface Note {
  readonly code: "table_missing" | "column_missing";
  readonly table: string;
  readonly column?: string;
}

/** A value of a CSV cell before quoting. Dates become ISO 8601 in UTC. */
export type Cell = string | number | bigint | boolean | Date | null;

/** A column of a CSV; every cell that is not empty is of its type (Table Schema's names). Its words: messages, `columns.<name>`. */
export interface Column {
  readonly name: string;
  readonly type: "string" | "integer" | "boolean" | "datetime";
}

/** What a kind reads from: one person's frozen view of Synapse. */
export interface Source {
  readonly subject: Mxid;
  readonly scope: ExportScope;
  readonly db: Snapshot;
}

/** A file that belongs to a kind (media). The original name is only ever data, never a path. */
export interface Attachment {
  readonly mediaId: MediaId;
  readonly contentType: string | null;
  readonly bytes: number | null;
}

/** One kind of personal data: one file in this room, listed in all.ts. */
export interface Kind {
  readonly id: KindId;
  /** Where its files lie under `data/`, without ending; the id where nothing is said. */
  readonly path?: string;
  readonly basis: LegalBasis;
  /** Provided by the person under contract or consent: belongs to Art. 20 portability. */
  readonly portable: boolean;
  readonly covers: readonly Coverage[];
  /** Exactly what ndjson() will yield, counted on its own; the build refuses a difference. */
  tally(source: Source): Promise<readonly LedgerRow[]>;
  /** Bytes of `rows` included rows, for the estimate; cheap rather than exact. Media: bytes of the files. */
  estimate(source: Source, rows: number): Promise<number>;
  /** What this Synapse does not keep; empty on the version we were built for. */
  notes(source: Source): Promise<readonly Note[]>;
  /** NDJSON as chunks: one JSON document a line, each line ended by "\n". */
  ndjson(source: Source): AsyncIterable<Uint8Array>;
  readonly csv: {
    readonly columns: readonly Column[];
    rows(source: Source): AsyncIterable<readonly Cell[]>;
  };
  /** Files that go with the kind. */
  attachments?(source: Source): AsyncIterable<Attachment>;
}
