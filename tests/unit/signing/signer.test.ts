import { createPublicKey, verify } from "node:crypto";
import canonicalize from "canonicalize";
import { expect, test } from "vitest";
import { fromBase64Url, thumbprint } from "#lib/signing/jwk.ts";
import { keysPath, signatureFile } from "#lib/signing/signature-file.ts";
import { signer, signingKey } from "#lib/signing/signer.ts";

test("keys and signatures are those of RFC 8032, test 2", () => {
  const { publicKey } = signingKey(Buffer.from("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "hex"));
  expect(Buffer.from(fromBase64Url(publicKey) ?? []).toString("hex")).toBe("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
});

test("the name of a key is its thumbprint, as in RFC 8037, appendix A.3", () => {
  expect(thumbprint("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")).toBe("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
});

test("what is signed is the form of RFC 8785, by the newest key", () => {
  const [newest, old] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const signed = signer([newest, old], "https://privacy.example")('{ "b": 1.0,\n "a": "é" }');
  expect(signatureFile.parse(signed)).toEqual(signed);
  expect(signed).toMatchObject({ algorithm: "Ed25519", kid: signingKey(newest).kid, keys: `https://privacy.example${keysPath}` });
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: signingKey(newest).publicKey }, format: "jwk" });
  expect(canonicalize({ b: 1, a: "é" })).toBe('{"a":"é","b":1}');
  expect(verify(null, Buffer.from('{"a":"é","b":1}'), key, Buffer.from(signed.signature, "base64url"))).toBe(true);
});

test("nothing is signed without a key", () => {
  expect(() => signer([], "https://privacy.example")).toThrow(TypeError);
});

test.each(["a+b", "a/b", "=", "a b", "é"])("%s is not base64url", (text) => {
  expect(fromBase64Url(text)).toBeNull();
});
