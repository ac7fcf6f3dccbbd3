import type { Mxid } from "./homeserver.ts";

const serverName = /^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?$/;

/**
 * A full Matrix ID as it stands, or null. Takes the historical grammar too: localparts may be empty, hold
 * capitals, spaces or emoji. Nothing is trimmed, folded or normalised: two IDs are the same person only
 * when their bytes are. The server's name may hold a port: `@a:localhost:8448`.
 */
export function parseMxid(value: unknown): Mxid | null {
  if (typeof value !== "string" || !value.startsWith("@") || !value.isWellFormed() || value.includes("\0")) return null;
  const colon = value.indexOf(":");
  if (colon === -1 || !serverName.test(value.slice(colon + 1))) return null;
  return Buffer.byteLength(value) <= 255 ? (value as Mxid) : null;
}

export const localpartOf = (mxid: Mxid): string => mxid.slice(1, mxid.indexOf(":"));

export const serverOf = (mxid: Mxid): string => mxid.slice(mxid.indexOf(":") + 1);
