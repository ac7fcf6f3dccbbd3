/** A session nobody uses ends after this (ASVS 7.3.1); one in use ends after ABSOLUTE_MS all the same (7.3.2). */
export const IDLE_MS = 60 * 60_000;
export const ABSOLUTE_MS = 12 * 3_600_000;
/** Downloads need a Matrix proof younger than this (faults.md, theft resistance). */
export const RECENT_MS = 10 * 60_000;
/** The end is only moved when it moves by this much, so that reading a page is rarely a write. */
const STEP_MS = 5 * 60_000;

/** The instant a session ends if it is not used again after `now`. */
export function endsAt(authenticatedAt: Date, now: Date): Date {
  return new Date(Math.min(now.getTime() + IDLE_MS, authenticatedAt.getTime() + ABSOLUTE_MS));
}

/** The new end, or null while the stored one is near enough. */
export function movedEnd(session: { authenticatedAt: Date; expiresAt: Date }, now: Date): Date | null {
  const end = endsAt(session.authenticatedAt, now);
  return end.getTime() - session.expiresAt.getTime() >= STEP_MS ? end : null;
}

/** True while the last Matrix proof is young enough to hand out a package. */
export function isRecent(authenticatedAt: Date, now: Date): boolean {
  const age = now.getTime() - authenticatedAt.getTime();
  return age >= 0 && age <= RECENT_MS;
}
