import type { Tasks } from "./transform.ts";

/** Everything that may be done in a process of its own, which loads its own task alone. */
export const tasks = {
  /** Lines of messages → CSV, packed for the archive, and last what it holds. */
  "events.csv": async () => (await import("../event-table.ts")).eventTable,
  /** Lines of messages → the parts of the reading view, and last what they hold. */
  "viewer.parts": async () => (await import("#lib/viewer/parts.ts")).viewerParts,
} satisfies Tasks;
