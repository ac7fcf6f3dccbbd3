import type { Policy } from "#lib/config/policy.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";

/** Operators are configured Matrix IDs, compared byte for byte: no case folding, no normalisation. */
export function isOperator(policy: Pick<Policy, "operators">, mxid: Mxid): boolean {
  return policy.operators.includes(mxid);
}
