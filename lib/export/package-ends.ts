import type { Policy } from "#lib/config/policy.ts";
import { day } from "#lib/requests/timing.ts";

/** When the key of a package is destroyed: PACKAGE_DAYS after it could first be fetched. */
export function packageEnds({ packageDays }: Pick<Policy, "packageDays">, from: Date): Date {
  return new Date(from.getTime() + packageDays * day);
}
