import { createHmac, timingSafeEqual } from "node:crypto";
import { parseMxid, serverOf } from "#lib/matrix/mxid.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";

/** `h` of the homeserver's consent links: hex HMAC-SHA256 over exactly the bytes of `u`, keyed with its form_secret. */
export function signLink(formSecret: string, u: string): string {
  return createHmac("sha256", formSecret).update(u, "utf8").digest("hex");
}

/**
 * Whose consent link this is, or null. `u` is a localpart (as Synapse writes it) or a full Matrix ID, and `h` counts for
 * exactly that spelling. Every refusal costs the same: one hash, one comparison of 32 bytes.
 * @param formSecret null: the homeserver has no such links, so none is right
 */
export function readLink(formSecret: string | null, serverName: string, { u, h }: { readonly u: unknown; readonly h: unknown }): Mxid | null {
  const user = typeof u === "string" && u.isWellFormed() && u.length <= 255 ? u : "";
  const given = typeof h === "string" && /^[0-9a-fA-F]{64}$/.test(h) ? h : "0".repeat(64);
  const right = timingSafeEqual(Buffer.from(signLink(formSecret ?? "", user), "hex"), Buffer.from(given, "hex"));
  const mxid = parseMxid(user.startsWith("@") ? user : `@${user}:${serverName}`);
  return right && formSecret !== null && user !== "" && mxid !== null && serverOf(mxid) === serverName ? mxid : null;
}
