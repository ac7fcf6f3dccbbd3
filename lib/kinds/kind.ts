import type { RoomName } from "#lib/kinds/room-names.ts";
import type { MediaId, Mxid, RoomId } from "#lib/matrix/homeserver.ts";
import type { Snapshot } from "#lib/synapse-db/synapse-db.ts";

/** Every kind of personal data the package knows; the order is the order of the package, group by group. */
export const kindIds = [
  "account",
  "profile",
  "threepids",
  "devices",
  "sign_ins",
  "sessions",
  "presence",
  "account_data",
  "push_rules",
  "pushers",
  "rooms",
  "own_rooms",
  "messages",
  "delayed_events",
  "media",
  "receipts",
  "encryption_keys",
  "key_backup",
  "reports",
  "reports_about",
  "counts",
  "portal",
  "backfilled_own",
] as const;
export type KindId = (typeof kindIds)[number];

/** In a package only when asked for by name and granted for that request (faults.md § 0, rights.md: owner's scope decision). */
export const kindsOnApproval: readonly KindId[] = ["reports_about", "backfilled_own"];

/** What "everything" means: to the form, the command line and the preview. */
export const kindsByDefault: readonly KindId[] = kindIds.filter((id) => !kindsOnApproval.includes(id));

/** How people see the kinds in a list: words under `kinds.groups.<group>`. */
export const kindGroups = ["who", "access", "choices", "talk", "keys", "reports", "rest"] as const;
export type KindGroup = (typeof kindGroups)[number];

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

/** Until when a kind is kept; the sentence of the kind (`kinds.<id>.kept`) says it in full. */
export const retentions = ["until_changed", "account", "limited", "room", "unlimited"] as const;
export type Retention = (typeof retentions)[number];

/**
 * What becomes of a table's rows when the account is deleted, and why they stay if they stay (synapse.md § 6.1). The
 * first three go: with the account, with its erasure, by themselves after a time.
 */
export const erasures = ["deactivation", "erasure", "expiry", "administrator", "conversation", "name", "synapse"] as const;
export type Erasure = (typeof erasures)[number];

/** Why a column, some rows or a whole table are known to us and not given. Words under `kinds.withheld.<code>`. */
export const withheldReasons = ["secret", "internal", "duplicate", "derived", "transient", "others", "operator", "unreadable", "unkeyed", "nobody"] as const;
export type Withheld = (typeof withheldReasons)[number];

/** What we do with one of Synapse's tables. Every column is read, or left out with the reason. */
export interface Coverage {
  readonly table: string;
  readonly columns: readonly string[];
  readonly stripped?: Readonly<Record<string, Withheld>>;
  /** Rows that name the person and are not given. */
  readonly rows?: Withheld;
  /** Only the number of rows is given. */
  readonly counted?: boolean;
  readonly erasure: Erasure;
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
  /** What the portal's own database holds about the person, read once before: it has no part in the snapshot. */
  readonly portal: readonly PortalRecord[];
}

/** A row of the portal's own about the person; `at` is when it came to be. What a record has not is null. */
export interface PortalRecord {
  readonly record: "person" | "session" | "request" | "code" | "letter" | "build" | "package" | "plan" | "erasure" | "step" | "notice" | "certificate" | "decision" | "look" | "enquiry" | "ask" | "note" | "attachment" | "consent" | "audit";
  readonly at: Date | null;
  /** Reference of the request it belongs to. */
  readonly request: string | null;
  readonly what: string | null;
  readonly state: string | null;
  readonly until: Date | null;
  readonly count: number | null;
  /** Whatever else is held, by its name. */
  readonly more: Readonly<Record<string, unknown>>;
}

/** A file that belongs to a kind (media). The original name is only ever data, never a path. */
export interface Attachment {
  readonly mediaId: MediaId;
  readonly contentType: string | null;
  readonly bytes: number | null;
}

/** A table that is read by itself. */
export interface ReadTable {
  readonly columns: readonly Column[];
  rows(source: Source): AsyncIterable<readonly Cell[]>;
}

/** A table that is made of the lines, which are events (event-cells.ts): there may be millions, and they are read once. */
export interface TableOfEvents {
  readonly columns: readonly Column[];
  /** How the rooms of the events are called. */
  rooms(source: Source, ids: readonly string[]): Promise<readonly RoomName[]>;
  /** With what every row ends. */
  readonly ends?: readonly (string | boolean)[];
}

/** One kind of personal data: one file in this room, listed in all.ts. */
export interface Kind {
  readonly id: KindId;
  /** Where its files lie under `data/`, without ending; the id where nothing is said. */
  readonly path?: string;
  readonly group: KindGroup;
  readonly basis: LegalBasis;
  readonly retention: Retention;
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
  readonly csv: ReadTable | TableOfEvents;
  /** Lines that are events a person can read room by room; how those rooms are called. */
  readonly timeline?: { rooms(source: Source, ids: readonly string[]): Promise<readonly RoomName[]> };
  /** Files that go with the kind. */
  attachments?(source: Source): AsyncIterable<Attachment>;
}
