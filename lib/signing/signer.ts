import { createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";
import canonicalize from "canonicalize";
import { thumbprint } from "./jwk.ts";
import { keysPath, type SignatureFile, type SignedName } from "./signature-file.ts";

/** Signs the RFC 8785 form of a document, given as its JSON text; a manifest where nothing else is said. */
export type Sign = (text: string, signed?: SignedName) => SignatureFile;

export interface SigningKey {
  readonly kid: string;
  /** The 32 public bytes in base64url. */
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

/** What stands before the 32 bytes of an Ed25519 key in PKCS 8 (RFC 8410 § 7): node:crypto takes no bare ones. */
const pkcs8 = Buffer.from("302e020100300506032b657004220420", "hex");

/** @param seed SIGNING_KEY, 32 random bytes */
export function signingKey(seed: Uint8Array): SigningKey {
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: "der", type: "pkcs8" });
  const { x = "" } = createPublicKey(privateKey).export({ format: "jwk" });
  return { kid: thumbprint(x), publicKey: x, privateKey };
}

/**
 * @param seeds SIGNING_KEY, newest first; only the newest signs
 * @param portalUrl origin under which the public keys are published
 */
export function signer(seeds: readonly Uint8Array[], portalUrl: string): Sign {
  const [newest] = seeds;
  if (!newest) throw new TypeError("no signing key");
  const { kid, privateKey } = signingKey(newest);
  return (text, signed = "manifest.json") => ({
    format: { name: "matrix-privacy-portal-signature", version: 1 },
    algorithm: "Ed25519",
    form: "RFC 8785",
    signed,
    kid,
    keys: `${portalUrl}${keysPath}`,
    signature: sign(null, Buffer.from(canonicalize(JSON.parse(text)) ?? ""), privateKey).toString("base64url"),
  });
}
