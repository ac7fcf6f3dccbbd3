import type { Tasks } from "./transform.ts";

/** Everything that may be done in a thread; each is loaded by the thread that does it. */
export const tasks = {
  /** Lines of messageLines() → CSV. */
  "events.csv": async () => (await import("../event-table.ts")).eventTable,
  /** Lines of messages → the parts of the reading view, and last what they hold. */
  "viewer.parts": async () => (await import("#lib/viewer/parts.ts")).viewerParts,
} satisfies Tasks;
