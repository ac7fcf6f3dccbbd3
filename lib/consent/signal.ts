/** How Global Privacy Control stands in the ledger, among the names of policies: no folder may be called so. */
export const signalName = "sec-gpc";

/**
 * Whether `Sec-GPC` objects: only exactly `1` counts. Several headers reach us joined by commas, and are one `1` if any of
 * them is. Anything else is as if it were absent.
 */
export function objects(header: string | null): boolean {
  return header?.split(",").some((value) => value.trim() === "1") ?? false;
}

/** What was optional at the time: every policy that rests on consent, with its version. An objection is to this and no more. */
export function optionalNow(policies: readonly { readonly policy: string; readonly basis: string; readonly current: string }[]): string {
  const optional = policies.filter(({ basis }) => basis === "consent").map(({ policy, current }) => `${policy} ${current}`);
  return optional.length === 0 ? "none" : optional.sort().join(", ");
}
