import { createPrivateKey, type KeyObject, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import canonicalize from "canonicalize";

/** The homeserver's key, with which it speaks to others. */
export interface FederationKey {
  /** "ed25519:" and its version. */
  readonly id: string;
  readonly privateKey: KeyObject;
}

/** What stands before the 32 bytes of an Ed25519 key in PKCS 8 (RFC 8410 § 7). */
const pkcs8 = Buffer.from("302e020100300506032b657004220420", "hex");

/** @param text of a signing key file: `ed25519 a_version seed`, the first line is the one in use. null when it is none */
export function parseFederationKey(text: string): FederationKey | null {
  const parts = /^ed25519 ([A-Za-z0-9_]+) ([A-Za-z0-9+/]{43})=?$/.exec(text.trim().split(/\r?\n/)[0]?.trim() ?? "");
  if (!parts) return null;
  const [, version = "", seed = ""] = parts;
  return { id: `ed25519:${version}`, privateKey: createPrivateKey({ key: Buffer.concat([pkcs8, Buffer.from(seed, "base64")]), format: "der", type: "pkcs8" }) };
}

/** @returns null when the file cannot be read or holds no such key */
export function readFederationKey(file: string): FederationKey | null {
  try {
    return parseFederationKey(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

export interface Signed {
  readonly method: string;
  /** Path and query. */
  readonly uri: string;
  readonly origin: string;
  readonly destination: string;
  readonly content?: unknown;
}

/** Authorization header of a request between homeservers (spec: request authentication): the canonical JSON of all of it, signed. */
export function xMatrix(key: FederationKey, request: Signed): string {
  const signature = sign(null, Buffer.from(canonicalize(request) ?? ""), key.privateKey).toString("base64").replace(/=+$/, "");
  return `X-Matrix origin="${request.origin}",destination="${request.destination}",key="${key.id}",sig="${signature}"`;
}
