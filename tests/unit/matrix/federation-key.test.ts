import { createPublicKey, sign, verify } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { parseFederationKey, readFederationKey, xMatrix } from "#lib/matrix/federation-key.ts";

/** Seed and signature of `{}` as the appendices of the Matrix specification give them. */
const seed = "YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1";
const signatureOfNothing = "K8280/U9SSy9IVtjBuVeLr+HpOB4BQFWbg+UZaADMtTdGYI7Geitb76LTrr5QV/7Xg4ahLwYGYZzuHGZKM5ZAQ";

const key = () => parseFederationKey(`ed25519 1 ${seed}\n`) ?? expect.unreachable();

it("reads the key the homeserver signs with", () => {
  expect(key().id).toBe("ed25519:1");
  expect(sign(null, Buffer.from("{}"), key().privateKey).toString("base64").replace(/=+$/, "")).toBe(signatureOfNothing);
});

it("takes the first of several lines, as Synapse does", () => {
  expect(parseFederationKey(`ed25519 a_new ${seed}\ned25519 old ${seed}\n`)?.id).toBe("ed25519:a_new");
});

it.each(["", "ed25519 1", `curve25519 1 ${seed}`, `ed25519 a"b ${seed}`, `ed25519 1 ${seed}AAAA`, "ed25519 1 too-short"])("finds no key in %j", (text) => {
  expect(parseFederationKey(text)).toBeNull();
});

it("reads a file, or says that it cannot", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "key-"));
  await writeFile(path.join(folder, "a.key"), `ed25519 a_test ${seed}=\n`);
  expect(readFederationKey(path.join(folder, "a.key"))?.id).toBe("ed25519:a_test");
  expect(readFederationKey(path.join(folder, "b.key"))).toBeNull();
  await rm(folder, { recursive: true });
});

it("signs method, path, both servers and content, in canonical order", () => {
  const request = { method: "POST", uri: "/a?b", origin: "here.example", destination: "far.example:8449", content: { z: "ü", a: 1 } };
  const [, origin, destination, id, signature] = /^X-Matrix origin="(.+)",destination="(.+)",key="(.+)",sig="([A-Za-z0-9+/]{86})"$/.exec(xMatrix(key(), request)) ?? [];
  expect([origin, destination, id]).toEqual(["here.example", "far.example:8449", "ed25519:1"]);
  const canonical = '{"content":{"a":1,"z":"ü"},"destination":"far.example:8449","method":"POST","origin":"here.example","uri":"/a?b"}';
  expect(verify(null, Buffer.from(canonical), createPublicKey(key().privateKey), Buffer.from(signature ?? "", "base64"))).toBe(true);
});
