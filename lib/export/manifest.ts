import type { CountedRows } from "#lib/kinds/counts.ts";
import type { Exclusion, ExportScope, KindId, LedgerRow } from "#lib/kinds/kind.ts";
import type { Approval } from "./order.ts";
import { type LedgerTotals, ledgerTotals } from "./ledger.ts";

/** Layout of the package; raised when a reader of the old one would break. */
export const packageFormat = { name: "matrix-privacy-portal-export", version: 2 } as const;

export interface KindSummary extends LedgerTotals {
  readonly kind: KindId;
}

export interface MediaSummary {
  /** Files in the archive, and their bytes. */
  readonly files: number;
  readonly bytes: number;
  /** Files the homeserver knows of and could not give. */
  readonly missing: number;
}

/** What `Package.summary` keeps: numbers only, no personal data. */
export interface PackageSummary {
  readonly format: number;
  readonly takenAt: string;
  readonly kinds: readonly KindSummary[];
  readonly totals: LedgerTotals;
  readonly media: MediaSummary;
  readonly files: number;
}

/** A file as the manifest lists it. `records` counts NDJSON lines or CSV rows without the header. */
export interface ManifestFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly records?: number;
  readonly kind?: KindId;
  readonly mediaId?: string;
}

/** Why something is not in the package; the words are under `package.gaps.<code>`. */
export type GapCode = Exclusion | "UNMAPPED" | "NOT_ASKED" | "NOT_GRANTED" | "MEDIA_NOT_ASKED" | "MEDIA_MISSING" | "REDACTED" | "ENCRYPTED" | "NOT_STORED" | "OTHERS" | "NOT_HELD";

export interface Gap {
  readonly code: GapCode;
  readonly kind?: KindId;
  /** Rows or files concerned, where they can be counted. */
  readonly count?: number;
  readonly mediaIds?: readonly string[];
  /** Tables and columns, as `table` or `table.column`. */
  readonly names?: readonly string[];
  readonly why: string;
}

export interface Manifest {
  readonly format: typeof packageFormat;
  readonly subject: string;
  readonly server: string;
  readonly reference: string | null;
  readonly controller: { readonly name: string; readonly address: string; readonly dataProtectionOfficer: string };
  /** Moment the data is of, and moment the package was written; ISO 8601 in UTC. */
  readonly takenAt: string;
  readonly writtenAt: string;
  readonly software: { readonly portal: string; readonly homeserver: string };
  /** What was asked for, without kinds on approval that were refused. */
  readonly scope: ExportScope;
  /** Kinds on approval that are in it. */
  readonly approvals: readonly Approval[];
  readonly totals: LedgerTotals;
  readonly kinds: readonly KindSummary[];
  /** Of what is counted only, how many there are. */
  readonly counted: readonly CountedRows[];
  readonly media: MediaSummary;
  readonly missing: readonly Gap[];
  /** Every file of the package but this one and those that come after it; paths start below the top folder. */
  readonly files: readonly ManifestFile[];
}

/** As pages know it. */
export type Totals = LedgerTotals;

/** One line a kind that was asked for, also where nothing was found. */
export function summarise(kinds: readonly KindId[], rows: readonly LedgerRow[]): KindSummary[] {
  return kinds.map((kind) => ({ kind, ...ledgerTotals(rows.filter((row) => row.kind === kind)) }));
}
