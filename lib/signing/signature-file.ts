import "./no-eval.ts";
import { z } from "zod";

/** Where the public keys stand, below the portal's address (RFC 8615). */
export const keysPath = "/.well-known/matrix-privacy-portal/keys.json";

const base64Url = z.string().regex(/^[A-Za-z0-9_-]{1,100}$/);

/** What is signed: the manifest of a package, or the certificate of an erasure. */
export const signedNames = ["manifest.json", "certificate.json"] as const;
export type SignedName = (typeof signedNames)[number];

/** signature.json, or the signature in a certificate. Readers must know algorithm and form; there is no other of each. */
export const signatureFile = z.object({
  format: z.object({ name: z.literal("matrix-privacy-portal-signature"), version: z.literal(1) }),
  algorithm: z.literal("Ed25519"),
  form: z.literal("RFC 8785"),
  signed: z.enum(signedNames),
  kid: base64Url,
  keys: z.string(),
  signature: base64Url,
});
export type SignatureFile = z.output<typeof signatureFile>;

/** A public key as it is published: a JWK with the period in which it signed; `retiredAt` is null while it does. */
const publishedKey = z.object({
  kty: z.literal("OKP"),
  crv: z.literal("Ed25519"),
  use: z.literal("sig"),
  alg: z.literal("EdDSA"),
  kid: base64Url,
  x: base64Url,
  firstUsedAt: z.iso.datetime(),
  retiredAt: z.iso.datetime().nullable(),
});

/** A JWK set (RFC 7517 § 5). */
export const keyList = z.object({ keys: z.array(publishedKey) });
export type KeyList = z.output<typeof keyList>;
