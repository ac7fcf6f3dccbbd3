import { describe, expect, it } from "vitest";
import type { Certificate, CertificateFile } from "#lib/erasure/certificate.ts";
import { certificatePdf } from "#lib/erasure/certificate-pdf.ts";
import { holderHash } from "#lib/erasure/write-certificate.ts";
import { type KeyList, signatureFile } from "#lib/signing/signature-file.ts";
import { signer, signingKey } from "#lib/signing/signer.ts";
import { checkSignature } from "#lib/signing/verify/check-signature.ts";
import { verifyCertificate } from "#lib/signing/verify/verify-certificate.ts";

const seed = Buffer.alloc(32, 7);
const salt = "ab".repeat(32);
const mxid = "@Rosa Öst:garden.example";
const { kid, publicKey } = signingKey(seed);
const keys: KeyList = { keys: [{ kty: "OKP", crv: "Ed25519", use: "sig", alg: "EdDSA", kid, x: publicKey, firstUsedAt: "2026-01-01T00:00:00.000Z", retiredAt: null }] };

const certificate: Certificate = {
  format: { name: "matrix-privacy-portal-certificate", version: 1 }, reference: "7F3K29QD",
  holder: { algorithm: "SHA-256", over: "salt, Matrix ID", hash: holderHash(salt, mxid) },
  homeserver: "garden.example", controller: { name: "Garden e.V.", address: "Musterweg 1" }, officer: "dpo@garden.example", supervision: { name: "Authority", url: "https://authority.example" },
  accounts: "synapse", planHash: "00".repeat(32), options: { redact: true, suspend: true, leaveNow: false },
  asked: "2026-10-01T08:00:00.000Z", confirmed: "2026-10-01T08:05:00.000Z", approved: "2026-10-02T08:00:00.000Z", begun: "2026-11-01T08:00:00.000Z", issued: "2026-11-02T08:00:00.000Z",
  removed: [{ code: "events", count: 1234 }], retained: [{ code: "name", law: "Art. 17(3)(b)" }], failed: [{ code: "left_room", count: 2 }],
  overridden: [{ step: "media", reason: "Gone by\u202Ehand" }],
  residue: { measured: "2026-11-02T07:00:00.000Z", places: [{ table: "users", column: "name", trace: "mxid", rows: 1, why: "name", law: "Art. 17(3)(b)", goesBy: null }], unexplained: [] },
  told: [{ target: "homeserver", name: "far.example", state: "asked" }],
};
const signed = (body: Certificate): CertificateFile => ({ certificate: body, signature: signer([seed], "https://privacy.example")(JSON.stringify(body), "certificate.json") });
const file = signed(certificate);
const check = (given: unknown, holder: { mxid: string; salt: string } | null = null) => verifyCertificate(JSON.stringify(given), keys, holder);

describe("a certificate in the browser", () => {
  it("is valid as it was written, also after a program wrote its keys in another order", () => {
    expect(check(file)).toEqual({ kind: "checked", signature: "valid", kid, says: { reference: "7F3K29QD", homeserver: "garden.example", controller: "Garden e.V.", issuedAt: certificate.issued }, mine: null });
    const turned = { signature: file.signature, certificate: Object.fromEntries(Object.entries(certificate).reverse()) };
    expect(check(turned)).toMatchObject({ signature: "valid" });
  });

  it("is its holder's, and nobody else's", () => {
    expect(check(file, { mxid, salt })).toMatchObject({ mine: true });
    expect(check(file, { mxid, salt: ` ${salt.toUpperCase()}\n` })).toMatchObject({ mine: true });
    for (const holder of [{ mxid: mxid.toLowerCase(), salt }, { mxid, salt: "cd".repeat(32) }, { mxid: "", salt: `${salt}${mxid}`.slice(0, 10) }]) expect(check(file, holder)).toMatchObject({ mine: false });
  });

  it.each([
    ["one number changed", { ...file, certificate: { ...certificate, removed: [{ code: "events", count: 1235 }] } }, "wrong"],
    ["one failure left out", { ...file, certificate: { ...certificate, failed: [] } }, "wrong"],
    ["something added", { ...file, certificate: { ...certificate, note: "x" } }, "wrong"],
    ["another's hash", { ...file, certificate: { ...certificate, holder: { ...certificate.holder, hash: holderHash(salt, "@eve:far.example") } } }, "wrong"],
    ["a signature made for a package", { certificate, signature: signer([seed], "https://privacy.example")(JSON.stringify(certificate)) }, "malformed"],
    ["a key nobody published", { certificate, signature: signer([Buffer.alloc(32, 8)], "https://privacy.example")(JSON.stringify(certificate), "certificate.json") }, "unknown_key"],
    ["no signature", { certificate, signature: {} }, "malformed"],
    ["issued before the key", signed({ ...certificate, issued: "2025-01-01T00:00:00.000Z" }), "out_of_period"],
  ] as const)("%s is noticed", (_name, given, signature) => {
    expect(check(given)).toMatchObject({ kind: "checked", signature });
  });

  it("of something else says so", () => {
    for (const text of ["", "{}", "[]", "nothing", JSON.stringify({ certificate: { ...certificate, format: { name: "other", version: 1 } }, signature: {} })]) expect(verifyCertificate(text, keys, null)).toEqual({ kind: "not_ours" });
    expect(check({ ...file, certificate: { ...certificate, format: { name: "matrix-privacy-portal-certificate", version: 2 } } })).toEqual({ kind: "other_version" });
    expect(verifyCertificate(JSON.stringify(file), null, null)).toMatchObject({ signature: "no_keys" });
  });

  it("never passes for the manifest of a package", () => {
    expect(signatureFile.parse(file.signature).signed).toBe("certificate.json");
    expect(checkSignature(JSON.stringify(certificate), certificate.issued, JSON.stringify(file.signature), keys)).toEqual({ signature: "malformed", kid: null });
  });
});

describe("the certificate for people", () => {
  const document = certificatePdf(file, { timeZone: "Europe/Berlin", portalUrl: "https://privacy.example" }, "en");
  const text = JSON.stringify(document);

  it("says in sentences what the file says in codes", () => {
    for (const said of ["7F3K-29QD", "1,234", "Art. 17(3)(b)", "users.name", "far.example", "1 November 2026", "Musterweg 1", certificate.holder.hash, certificate.planHash ?? ""]) expect(text).toContain(said);
    expect(text).not.toContain(mxid);
  });

  it("shows deceptive characters of others as boxes", () => {
    expect(text).toContain("Gone by\u25A1hand");
    expect(text).not.toContain("\u202E");
  });
});
