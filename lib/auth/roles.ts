import type { DeskRole } from "#lib/context.ts";
import type { Policy } from "#lib/config/policy.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";

/**
 * Configured Matrix IDs, compared byte for byte: no case folding, no normalisation; and where the controller says so, the
 * homeserver's admins. The strongest role counts.
 * @param admin the account was a server admin at its last reading
 */
export function roleOf(policy: Pick<Policy, "operators" | "secondOperators" | "auditors" | "synapseAdmins">, mxid: Mxid, admin: boolean): DeskRole | null {
  if (policy.operators.includes(mxid) || (admin && policy.synapseAdmins === "operator")) return "operator";
  if (policy.secondOperators.includes(mxid)) return "second";
  if (policy.auditors.includes(mxid) || (admin && policy.synapseAdmins === "auditor")) return "auditor";
  return null;
}
