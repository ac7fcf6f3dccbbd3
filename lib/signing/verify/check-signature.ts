import { ed25519 } from "@noble/curves/ed25519.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import canonicalize from "canonicalize";
import { fromBase64Url, thumbprint } from "#lib/signing/jwk.ts";
import { type KeyList, type SignatureFile, signatureFile, type SignedName } from "#lib/signing/signature-file.ts";
import type { SignatureVerdict } from "./verdict.ts";

/** Workers are restarted one after the other: so long may the key before the newest go on signing. */
const overlapMs = 24 * 3_600_000;

/**
 * @param manifest text of manifest.json, or of a certificate; its moment of writing is covered by the signature
 * @param text of signature.json; null when there is none
 * @param keys as published; null when they could not be had
 * @param signed what it must be a signature of: one over another document is none
 */
export function checkSignature(
  manifest: string, writtenAt: string, text: string | null, keys: KeyList | null, signed: SignedName = "manifest.json",
): { signature: SignatureVerdict; kid: string | null } {
  if (text === null) return { signature: "unsigned", kid: null };
  const file = read(text);
  if (file?.signed !== signed) return { signature: "malformed", kid: null };
  const { kid } = file;
  if (!keys) return { signature: "no_keys", kid };
  // The name of a key is its thumbprint: a list that says otherwise is not believed.
  const key = keys.keys.find((each) => each.kid === kid && thumbprint(each.x) === kid);
  if (!key) return { signature: "unknown_key", kid };
  if (!holds(manifest, file.signature, key.x)) return { signature: "wrong", kid };
  const [at, first, retired] = [writtenAt, key.firstUsedAt, key.retiredAt].map((moment) => (moment === null ? Infinity : Date.parse(moment)));
  if (at === undefined || first === undefined || retired === undefined) return { signature: "malformed", kid };
  if (at < first - overlapMs || at > retired + overlapMs) return { signature: "out_of_period", kid };
  return { signature: key.retiredAt === null ? "valid" : "valid_retired", kid };
}

function read(text: string): SignatureFile | null {
  try {
    return signatureFile.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function holds(manifest: string, signature: string, x: string): boolean {
  const [bytes, key] = [fromBase64Url(signature), fromBase64Url(x)];
  try {
    // As RFC 8032 wants it: the library's default takes some signatures that other programs refuse.
    return bytes !== null && key !== null && ed25519.verify(bytes, utf8ToBytes(canonicalize(JSON.parse(manifest)) ?? ""), key, { zip215: false });
  } catch {
    return false;
  }
}
