import type { Erasure, Kind } from "#lib/kinds/kind.ts";

/** How much of a kind goes when the account is deleted. */
export type Extent = "everything" | "part" | "nothing";

const goes: readonly Erasure[] = ["deactivation", "erasure", "expiry"];

/** By its tables. What is in none of Synapse's tables (the portal's own) goes with time. */
export function erasureOf({ covers }: Pick<Kind, "covers">): Extent {
  const gone = covers.filter(({ erasure }) => goes.includes(erasure)).length;
  if (gone === covers.length) return "everything";
  return gone === 0 ? "nothing" : "part";
}
