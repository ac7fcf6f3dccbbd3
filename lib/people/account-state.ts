import type { AccountState } from "#lib/db/generated/enums.ts";
import type { Account } from "#lib/matrix/homeserver.ts";

/**
 * What an account may do here, first match wins. Suspension is read-only on purpose, so suspended people
 * keep their rights; the others are sent to the data-protection officer.
 * @param account null when the homeserver knows none
 */
export function accountState(account: Pick<Account, "deactivated" | "locked" | "guest" | "appserviceId" | "suspended"> | null): AccountState {
  if (account === null) return "unknown";
  if (account.deactivated) return "deactivated";
  if (account.locked) return "locked";
  if (account.guest) return "guest";
  if (account.appserviceId !== null) return "appservice";
  return account.suspended ? "suspended" : "active";
}
