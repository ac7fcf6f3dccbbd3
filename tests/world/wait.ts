import { setTimeout as pause } from "node:timers/promises";

/**
 * Asks again until `look` answers something truthy; after `seconds` it throws with what was awaited and the last answer.
 * Longer than a minute: Synapse forgets to start a task of its scheduler that is asked for while it starts another, and
 * then comes back to it with its next look, once a minute (seen in CI; `_launching_new_tasks` in 1.163.2).
 */
export async function waitFor<T>(what: string, look: () => Promise<T>, seconds = 90): Promise<T> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() > end) throw new Error(`waited ${seconds} s for ${what}; last answer: ${JSON.stringify(seen)}`);
    await pause(100);
  }
}
