import type { StepView } from "#lib/erasure/list-steps.ts";

export type StepCount = "redact" | "redactLeft" | "leave" | "media" | "delayed" | "rooms" | "tell" | "skipped";

/** What a step has to tell in a number; keys under erasure.steps.counts. Nothing where a number says nothing. */
export function countOf({ name, state, facts }: Pick<StepView, "name" | "state" | "facts">): { readonly key: StepCount; readonly count: number } | null {
  const number = (key: string) => (typeof facts[key] === "number" ? facts[key] : null);
  const some = (key: StepCount, count: number | null) => (count === null ? null : { key, count });
  if (state === "done" && typeof facts["skipped"] === "string") return { key: "skipped", count: 0 };
  if (name === "redact") {
    const [before, after] = [number("before"), number("after")];
    if (before === null) return null;
    return after === null ? { key: "redactLeft", count: before } : { key: "redact", count: Math.max(0, before - after) };
  }
  if (name === "leave") return some("leave", number("left"));
  if (name === "media") return some("media", number("deleted"));
  if (name === "delayed") return some("delayed", number("cancelled"));
  if (name === "rooms") return some("rooms", number("removed"));
  if (name !== "tell" || number("homeservers") === null) return null;
  return { key: "tell", count: (number("homeservers") ?? 0) + (number("appservices") ?? 0) + (number("identityServers") ?? 0) };
}
