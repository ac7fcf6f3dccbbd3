import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { Plan } from "./plan.ts";

/** SHA-256 in hex over the RFC 8785 form: the same for a plan that went through a database, which keeps no order of keys. */
export function planHash(plan: Plan): string {
  return createHash("sha256").update(canonicalize(plan) ?? "").digest("hex");
}
