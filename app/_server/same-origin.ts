import { DomainError } from "#lib/errors.ts";

/**
 * A change may only come from a page of ours. Next accepts a missing Origin; we do not: browsers send one with every
 * POST, so a missing, `null` or foreign one is refused, and so is any Sec-Fetch-Site but same-origin.
 * The origin is the configured one: Host and X-Forwarded-Host are whatever the sender says.
 */
export function requireSameOrigin(headers: Pick<Headers, "get">, portalUrl: string): void {
  const site = headers.get("sec-fetch-site");
  if (headers.get("origin") !== portalUrl || (site !== null && site !== "same-origin")) {
    throw new DomainError("forbidden", "foreign_origin");
  }
}
