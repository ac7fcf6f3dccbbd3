import type { StepView } from "#lib/erasure/list-steps.ts";
import type { StepName } from "#lib/erasure/step-names.ts";

export type StepCount = "redact" | "redactLeft" | "leave" | "media" | "delayed" | "rooms" | "tell" | "skipped";
type Counted = { readonly key: StepCount; readonly count: number } | null;
type Numbers = (key: string) => number | null;

const one = (key: StepCount, fact: string) => (number: Numbers): Counted => {
  const count = number(fact);
  return count === null ? null : { key, count };
};

/** Steps that have a number to tell; the others say all by being done. */
const counts: Partial<Record<StepName, (number: Numbers) => Counted>> = {
  redact: (number) => {
    const [before, after] = [number("before"), number("after")];
    if (before === null) return null;
    return after === null ? { key: "redactLeft", count: before } : { key: "redact", count: Math.max(0, before - after) };
  },
  leave: one("leave", "left"),
  media: one("media", "deleted"),
  delayed: one("delayed", "cancelled"),
  rooms: one("rooms", "removed"),
  tell: (number) => {
    const told = [number("homeservers"), number("appservices"), number("identityServers")];
    return told[0] === null ? null : { key: "tell", count: told.reduce<number>((sum, count) => sum + (count ?? 0), 0) };
  },
};

/** What a step has to tell in a number; keys under erasure.steps.counts. */
export function countOf({ name, state, facts }: Pick<StepView, "name" | "state" | "facts">): Counted {
  if (state === "done" && typeof facts["skipped"] === "string") return { key: "skipped", count: 0 };
  return counts[name]?.((key) => (typeof facts[key] === "number" ? facts[key] : null)) ?? null;
}
