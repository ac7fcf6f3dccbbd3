import type { Policy } from "#lib/config/policy.ts";
import type { EnquiryAbout } from "#lib/db/generated/enums.ts";

/** `pause`: the days it lasted are left out. `restart`: the period counts from the day it ended. */
export type StopKind = "pause" | "restart";

interface Pack {
  /** Quoted as they stand: of the period, and of a question that stops it. */
  readonly law: string;
  readonly asks: Readonly<Record<EnquiryAbout, string>>;
  /** What a question does to the clock. `switch`: disputed, so only where the controller says so (`clarificationPauses`). */
  readonly stops: Readonly<Record<EnquiryAbout, StopKind | "switch">>;
}

/**
 * What may stop the legal clock, by the law of the seat (rights.md § 2). EU: a reasonable doubt about who asks
 * (Art. 12(6)); whether Recital 63 lets a question about a large request stop it too is disputed. UK (Art. 12A): what
 * shows who asks moves the start; what is meant leaves the days out.
 */
export const packs: Readonly<Record<Policy["jurisdiction"], Pack>> = {
  EU: { law: "Art. 12(3) GDPR", asks: { identity: "Art. 12(6) GDPR", clarification: "Recital 63 GDPR" }, stops: { identity: "pause", clarification: "switch" } },
  UK: { law: "Art. 12A UK GDPR", asks: { identity: "Art. 12A UK GDPR", clarification: "Art. 12A UK GDPR" }, stops: { identity: "restart", clarification: "pause" } },
};

/** What a question about this does to the clock; null: it runs on. */
export function stopOf({ jurisdiction, clarificationPauses }: Pick<Policy, "jurisdiction" | "clarificationPauses">, about: EnquiryAbout): StopKind | null {
  const stop = packs[jurisdiction].stops[about];
  return stop === "switch" ? (clarificationPauses ? "pause" : null) : stop;
}

/** The same at a moment: a period that is over already has nothing left to stop. */
export function stopAt(policy: Pick<Policy, "jurisdiction" | "clarificationPauses">, about: EnquiryAbout, dueAt: Date, now: Date): StopKind | null {
  return now < dueAt ? stopOf(policy, about) : null;
}
