import "#lib/signing/no-eval.ts";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";
import type { KeyList } from "#lib/signing/signature-file.ts";
import { checkSignature } from "./check-signature.ts";
import type { SignatureVerdict } from "./verdict.ts";

/** As much of a certificate as the check needs; the rest is covered by the signature as it stands. */
const certificateFile = z.looseObject({
  certificate: z.looseObject({
    format: z.looseObject({ name: z.literal("matrix-privacy-portal-certificate"), version: z.number() }),
    reference: z.string(),
    holder: z.looseObject({ algorithm: z.literal("SHA-256"), hash: z.string().regex(/^[0-9a-f]{64}$/) }),
    homeserver: z.string(),
    controller: z.looseObject({ name: z.string() }),
    issued: z.iso.datetime(),
  }),
  signature: z.looseObject({}),
});

/** `says`: to be believed only as far as the signature holds. */
export interface CheckedCertificate {
  readonly kind: "checked";
  readonly signature: SignatureVerdict;
  readonly kid: string | null;
  readonly says: { readonly reference: string; readonly homeserver: string; readonly controller: string; readonly issuedAt: string };
  /** Whether it is about the person who shows it; null where nobody asked. */
  readonly mine: boolean | null;
}

export type CertificateVerdict = CheckedCertificate | { readonly kind: "not_ours" | "other_version" };

/** What somebody gives to show that a certificate is theirs. */
export interface Holder {
  readonly mxid: string;
  /** 32 bytes as hex, from the page of the request. */
  readonly salt: string;
}

/** Checks certificate.json in the browser: asks nobody. @param keys as published; null when they could not be had */
export function verifyCertificate(text: string, keys: KeyList | null, holder: Holder | null): CertificateVerdict {
  const read = certificateFile.safeParse(parse(text));
  if (!read.success) return { kind: "not_ours" };
  const { certificate, signature } = read.data;
  if (certificate.format.version !== 1) return { kind: "other_version" };
  const { reference, homeserver, controller, issued, holder: named } = certificate;
  return {
    kind: "checked",
    ...checkSignature(JSON.stringify(certificate), issued, JSON.stringify(signature), keys, "certificate.json"),
    says: { reference, homeserver, controller: controller.name, issuedAt: issued },
    mine: holder ? bytesToHex(sha256(utf8ToBytes(`${holder.salt.trim().toLowerCase()}${holder.mxid}`))) === named.hash : null,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
