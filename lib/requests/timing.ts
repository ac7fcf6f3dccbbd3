/** Periods of a request's life that no law fixes; the legal ones are in deadline.ts. */
export const minute = 60_000;
export const day = 24 * 60 * minute;

/** An unconfirmed request waits this long for its code. */
export const confirmWithin = 24 * 60 * minute;
/** Operators are reminded this many days before the legal deadline; 0 is the moment it has passed. */
export const remindDaysBefore = [7, 3, 1, 0] as const;
/** A build without a sign of life for this long is started again, up to so many claims in all. */
export const stuckAfter = 30 * minute;
export const maxBuildAttempts = 10;

/** The next reminder strictly after `now`, or null when the deadline itself has passed. */
export function nextReminder(dueAt: Date, now: Date): Date | null {
  for (const days of remindDaysBefore) {
    const at = new Date(dueAt.getTime() - days * day);
    if (at > now) return at;
  }
  return null;
}
