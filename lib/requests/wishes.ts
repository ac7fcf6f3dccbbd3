import { kindsOnApproval, type ExportScope, type KindId } from "#lib/kinds/kind.ts";

/**
 * A decision on one kind, with the operator's words for the person; `code` of denial-reasons.ts where a kind the law gives
 * without asking is left out. A type, since it is stored as JSON.
 */
export type Ruling = { readonly kind: KindId; readonly reason: string; readonly code?: string };

export interface Rulings {
  readonly granted: readonly Ruling[];
  readonly refused: readonly Ruling[];
}

/** What became of a wish, or of a kind that was left out; "asked" while nobody has decided, and when the whole request ended without it. */
export interface Wish {
  readonly kind: KindId;
  readonly ruling: "asked" | "granted" | "refused";
  readonly reason: string | null;
  /** Of a kind that was left out: key under reasons.*. */
  readonly code?: string;
}

/** `scope` and rulings as the row has them. */
export interface StoredWishes {
  readonly scope: unknown;
  readonly granted: unknown;
  readonly refused: unknown;
}

/** The kinds on approval that were asked for by name; requests for other things than a copy have no kinds in their scope. */
export function wishesIn({ kinds = [] }: Partial<ExportScope>): readonly KindId[] {
  return kindsOnApproval.filter((kind) => kinds.includes(kind));
}

export function rulingsOf({ granted, refused }: Omit<StoredWishes, "scope">): Rulings {
  return { granted: (granted ?? []) as readonly Ruling[], refused: (refused ?? []) as readonly Ruling[] };
}

export function viewWishes(row: StoredWishes): readonly Wish[] {
  const { granted, refused } = rulingsOf(row);
  const asked = wishesIn(row.scope as ExportScope);
  const leftOut = refused.filter(({ kind }) => !asked.includes(kind)).map(({ kind, reason, code }): Wish => ({ kind, ruling: "refused", reason, ...(code ? { code } : {}) }));
  const wished = asked.map((kind): Wish => {
    const [yes, no] = [granted, refused].map((rulings) => rulings.find((ruling) => ruling.kind === kind));
    if (yes) return { kind, ruling: "granted", reason: yes.reason };
    return { kind, ruling: no ? "refused" : "asked", reason: no?.reason ?? null };
  });
  return [...wished, ...leftOut];
}

/** The kinds a package of this request holds: wishes only once they are granted, others unless they were left out. */
export function kindsGiven(kinds: readonly KindId[], wishes: readonly Wish[]): readonly KindId[] {
  const ruled = (kind: KindId, ruling: Wish["ruling"]) => wishes.some((wish) => wish.kind === kind && wish.ruling === ruling);
  return kinds.filter((kind) => (kindsOnApproval.includes(kind) ? ruled(kind, "granted") : !ruled(kind, "refused")));
}
