import { GiveUp, RetryLater } from "#lib/errors.ts";

/** What another server may ask us to wait at most: an hour. */
const capSeconds = 3600;

/** Key under `failures.*` of what went wrong; "unexpected" for a bug. */
export function failureOf(error: unknown): string {
  return error instanceof RetryLater || error instanceof GiveUp ? error.failure : "unexpected";
}

/**
 * Seconds until the next try when the other side asked for a pause, null when our own backoff decides.
 * A pause of nothing still grows with the tries: no hot loop.
 * @param tried tries so far, this one included
 */
export function retryAfter(error: unknown, tried: number): number | null {
  if (!(error instanceof RetryLater) || error.afterSeconds === null) return null;
  const backoff = 2 ** Math.min(tried, 10);
  return Math.min(capSeconds, Math.max(Math.ceil(error.afterSeconds), backoff));
}
