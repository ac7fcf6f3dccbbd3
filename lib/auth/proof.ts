import { createHash } from "node:crypto";
import { z } from "zod";

/** What a homeserver answers to `openid/request_token`, as the browser hands it on. Nothing else is read. */
export const openIdProof = z.object({
  access_token: z.string().min(1).max(512).regex(/^[\x21-\x7e]+$/),
  matrix_server_name: z.string().min(1).max(255),
  expires_in: z.coerce.number().int().positive().max(30 * 86_400).default(3600),
});
export type OpenIdProof = z.infer<typeof openIdProof>;

/** The browser names `expires_in`, so it may only lengthen the time a spent token is remembered. */
const REMEMBER_AT_LEAST_S = 86_400;

export function rememberUntil(proof: OpenIdProof, now: Date): Date {
  return new Date(now.getTime() + Math.max(proof.expires_in, REMEMBER_AT_LEAST_S) * 1000);
}

export function tokenHash(token: string): string {
  return createHash("sha256").update(token, "utf8").digest("hex");
}
