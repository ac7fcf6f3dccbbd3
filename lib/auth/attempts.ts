export interface Attempts {
  /** False when `key` has used up its attempts of the current window. */
  allow(key: string, now: Date): boolean;
}

/**
 * Counts attempts in this process's memory: the address they come from is never stored. Several web processes
 * allow that many times as much, which still protects the homeserver behind them.
 * Written by hand: a dozen lines, where packages bring stores and middleware.
 * @param most attempts a window; @param windowMs length of the window; @param keys most keys remembered
 */
export function countAttempts(most: number, windowMs: number, keys = 10_000): Attempts {
  const seen = new Map<string, { from: number; count: number }>();
  return {
    allow(key, now) {
      const time = now.getTime();
      const entry = seen.get(key);
      if (entry && time - entry.from < windowMs) return ++entry.count <= most;
      seen.delete(key);
      const oldest = seen.keys().next();
      if (seen.size >= keys && !oldest.done) seen.delete(oldest.value);
      seen.set(key, { from: time, count: 1 });
      return true;
    },
  };
}
