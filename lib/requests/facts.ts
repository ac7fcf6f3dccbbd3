import type { KindId } from "#lib/kinds/kind.ts";
import type { RequestKind, RequestState } from "#lib/db/generated/enums.ts";

/** All that `decide` looks at. Loaded by apply.ts. */
export interface RequestFacts {
  readonly id: string;
  readonly personId: string;
  readonly kind: RequestKind;
  readonly state: RequestState;
  readonly receivedAt: Date;
  readonly dueAt: Date;
  readonly wakeAt: Date | null;
  readonly frozenAt: Date | null;
  /** Packages whose bytes still lie in the storage, and how often they were fetched in all. */
  readonly packages: readonly string[];
  readonly downloads: number;
  readonly build: { readonly attempts: number; readonly leaseUntil: Date | null; readonly updatedAt: Date | null } | null;
  /** Kinds on approval that were asked for: a person decides on each. */
  readonly wishes: readonly KindId[];
  /** The account has a verified mail address. */
  readonly hasMail: boolean;
}
