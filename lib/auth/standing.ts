import type { AccountState } from "#lib/db/generated/enums.ts";

/** Accounts that get a page instead of the portal. Suspension is read-only by design: those people may do everything here. */
export const refusedStates = ["locked", "deactivated", "guest", "appservice", "unknown"] as const;
export type RefusedState = (typeof refusedStates)[number];

export interface SessionFacts {
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly checkedAt: Date | null;
  readonly person: { readonly accountState: AccountState | null };
}

/**
 * ended: sign in again. checking: the worker has not read the account yet, nothing is open.
 * refused: the account may not use the portal. open: may do what its role allows.
 */
export type Standing =
  | { readonly kind: "ended" }
  | { readonly kind: "checking" }
  | { readonly kind: "refused"; readonly state: RefusedState }
  | { readonly kind: "open" };

export function standing(session: SessionFacts | null, now: Date): Standing {
  if (!session || session.revokedAt || session.expiresAt <= now) return { kind: "ended" };
  const state = session.person.accountState;
  // An unread account is not an open one: no reading means no access, whatever an older session saw.
  if (!session.checkedAt || state === null) return { kind: "checking" };
  if (isRefused(state)) return { kind: "refused", state };
  return { kind: "open" };
}

export function isRefused(state: string): state is RefusedState {
  return (refusedStates as readonly string[]).includes(state);
}
