import { setTimeout as pause } from "node:timers/promises";

/** Asks again until `look` answers something truthy; after `seconds` it throws with what was awaited and the last answer. */
export async function waitFor<T>(what: string, look: () => Promise<T>, seconds = 30): Promise<T> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() > end) throw new Error(`waited ${seconds} s for ${what}; last answer: ${JSON.stringify(seen)}`);
    await pause(100);
  }
}
