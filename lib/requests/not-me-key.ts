import { keyed } from "./keys.ts";

/** Key of the "this was not me" link: it can freeze this one request and do nothing else. URL-safe. */
export function notMeKey(secret: string, requestId: string): string {
  return keyed(secret, "not-me", requestId).subarray(0, 18).toString("base64url");
}
