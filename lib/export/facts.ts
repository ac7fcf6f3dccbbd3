import type { Policy } from "#lib/config/policy.ts";
import type { Column, KindId, LegalBasis } from "#lib/kinds/kind.ts";
import type { Manifest } from "./manifest.ts";

/** What the documents of a package are written from; `manifest.files` holds the files written so far. */
export interface PackageFacts {
  readonly manifest: Manifest;
  readonly displayName: string | null;
  readonly policy: Policy;
  readonly bases: Readonly<Partial<Record<KindId, LegalBasis>>>;
  /** Columns of the tables of each kind. */
  readonly columns: Readonly<Partial<Record<KindId, readonly Column[]>>>;
}
