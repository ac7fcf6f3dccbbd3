import type { Risk } from "#lib/requests/risks.ts";
import type { OrphanedRoom } from "./plan.ts";

/** Why two operators must agree (faults.md S21): others depend on the account. */
export function risksOf(account: { readonly admin: boolean; readonly appservice: string | null }, lastAdminOf: readonly OrphanedRoom[]): readonly Risk[] {
  const risks: Risk[] = [];
  if (account.admin) risks.push("admin");
  if (account.appservice !== null) risks.push("appservice");
  if (lastAdminOf.some(({ joined }) => joined > 0)) risks.push("last_room_admin");
  return risks;
}
