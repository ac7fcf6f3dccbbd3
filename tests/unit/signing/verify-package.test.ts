import { beforeAll, describe, expect, it } from "vitest";
import { checksums } from "#lib/export/bag.ts";
import { signer, signingKey } from "#lib/signing/signer.ts";
import { openZip } from "#lib/signing/verify/open-zip.ts";
import { isWhole, type Verdict } from "#lib/signing/verify/verdict.ts";
import { verifyPackage } from "#lib/signing/verify/verify-package.ts";
import { testNow } from "#tests/fixtures/clock.ts";
import { testPolicy } from "#tests/fixtures/context.ts";
import { createHash } from "node:crypto";
import { type Files, filesOf, packageZip, published, seed, verdictOn, zipOf } from "./packed.ts";

let zip: Buffer;
let files: Files;
beforeAll(async () => {
  zip = await packageZip();
  files = await filesOf(zip);
});

/** The package with something done to it, packed again. */
async function after(act: (files: Files) => void): Promise<Verdict> {
  const copy = new Map([...files].map(([name, content]) => [name, Buffer.from(content)] as const));
  act(copy);
  return await verdictOn(await zipOf(copy));
}
const flip = (content: Buffer | undefined, at: number) => content?.writeUInt8((content[at] ?? 0) ^ 1, at);
const whole = { kind: "checked", signature: "valid", changed: [], missing: [], surplus: [] };
const other = Buffer.alloc(32, 2);
const day = 86_400_000;
const later = (days: number) => new Date(testNow.getTime() + days * day);

describe("a package as it was handed out", () => {
  it("is whole, and says whose it is", async () => {
    const verdict = await verdictOn(zip);
    expect(verdict).toMatchObject({ ...whole, files: files.size, kid: signingKey(seed).kid, says: { subject: "@anna:test.example", server: "test.example", reference: "7F3K-29QD", controller: "Test Server e.V." } });
    expect(isWhole(verdict)).toBe(true);
  });

  it("is whole packed again, with folders as entries too", async () => {
    expect(await after(() => undefined)).toMatchObject(whole);
  });

  it("tells how far it is, to the last byte and never backwards", async () => {
    const seen: [number, number][] = [];
    await verifyPackage(await openZip(new Blob([new Uint8Array(zip)])), published(), { signal: new AbortController().signal, progress: (done, total) => void seen.push([done, total]) });
    const total = [...files.values()].reduce((sum, content) => sum + content.length, 0);
    expect(seen.at(-1)).toEqual([total, total]);
    for (const [at, [done]] of seen.entries()) expect(done).toBeGreaterThanOrEqual(seen[at - 1]?.[0] ?? 0);
  });

  it("can be stopped", async () => {
    const stopper = new AbortController();
    const running = verifyPackage(await openZip(new Blob([new Uint8Array(zip)])), published(), { signal: stopper.signal, progress: () => stopper.abort(new Error("enough")) });
    await expect(running).rejects.toThrow("enough");
  });
});

describe("one bit", () => {
  it.each([
    "data/messages.ndjson", "data/messages.csv", "data/scope-ledger.csv", "data/media-files.csv", "data/media/000001.png",
    "summary.pdf", "README.txt", "index.html", "datapackage.json", "bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt",
  ])("in %s is found, and no other file is named", async (name) => {
    for (const at of [0, Math.floor((files.get(name)?.length ?? 0) / 2), (files.get(name)?.length ?? 0) - 1]) {
      const verdict = await after((copy) => flip(copy.get(name), at));
      expect(verdict).toMatchObject({ kind: "checked", changed: [name], missing: [], surplus: [] });
      expect(isWhole(verdict)).toBe(false);
    }
  });

  it("anywhere in manifest.json or signature.json is never taken for whole", async () => {
    for (const name of ["manifest.json", "signature.json"]) {
      const length = files.get(name)?.length ?? 0;
      for (let at = 0; at < length; at += Math.ceil(length / 10)) expect([at, isWhole(await after((copy) => flip(copy.get(name), at)))]).toEqual([at, false]);
    }
  }, 30_000);

  it("in the packed bytes of a file is found", async () => {
    const broken = Buffer.from(zip);
    flip(broken, broken.indexOf("data/messages.ndjson") + 40);
    expect(isWhole(await verdictOn(broken))).toBe(false);
  });
});

describe("a file", () => {
  it("that was added, twice even, is named", async () => {
    expect(await after((copy) => copy.set("data/extra.csv", Buffer.from("a")))).toMatchObject({ surplus: ["data/extra.csv"], changed: [], missing: [] });
    const twice = await zipOf([...files, ["index.html", Buffer.from("<script>")]]);
    expect(await verdictOn(twice)).toMatchObject({ surplus: [expect.stringContaining("index.html")] });
    const beside = await zipOf([...[...files].map(([name, content]) => [`matrix-data-7F3K-29QD/${name}`, content] as const), ["evil.html", Buffer.from("x")]], "");
    expect(await verdictOn(beside)).toMatchObject({ surplus: ["evil.html"] });
  });

  it.each(["data/messages.csv", "data/media/000001.png", "index.html", "bagit.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"])("%s that is gone is named", async (name) => {
    const verdict = await after((copy) => copy.delete(name));
    expect(verdict).toMatchObject({ kind: "checked", missing: [name], surplus: [] });
    expect(isWhole(verdict)).toBe(false);
  });
});

/** What somebody would do who knows the format and not the key. */
function reseal(copy: Files): void {
  const sum = (name: string) => ({ path: name, bytes: 0, sha256: createHash("sha256").update(copy.get(name) ?? "").digest("hex") });
  const manifest = JSON.parse(copy.get("manifest.json")?.toString() ?? "") as { files: { path: string; sha256: string; bytes: number }[] };
  for (const file of manifest.files) Object.assign(file, { sha256: sum(file.path).sha256, bytes: copy.get(file.path)?.length });
  copy.set("manifest.json", Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
  copy.set("manifest-sha256.txt", Buffer.from(checksums(manifest.files.filter((file) => file.path.startsWith("data/")))));
  const tags = [...manifest.files.map((file) => file.path).filter((name) => !name.startsWith("data/")), "manifest.json", "signature.json", "manifest-sha256.txt"];
  copy.set("tagmanifest-sha256.txt", Buffer.from(checksums(tags.map(sum))));
}

describe("the signature", () => {
  const forged = (copy: Files) => copy.set("data/messages.csv", Buffer.from("body\r\nsomething else\r\n"));

  it("does not fit a package that was changed throughout", async () => {
    expect(await after((copy) => { forged(copy); reseal(copy); })).toMatchObject({ ...whole, signature: "wrong" });
  });

  it("of somebody else is told apart", async () => {
    const verdict = await after((copy) => {
      forged(copy);
      reseal(copy);
      copy.set("signature.json", Buffer.from(`${JSON.stringify(signer([other], testPolicy.portalUrl)(copy.get("manifest.json")?.toString() ?? ""), null, 2)}\n`));
      reseal(copy);
    });
    expect(verdict).toMatchObject({ ...whole, signature: "unknown_key", kid: signingKey(other).kid });
    expect(isWhole(verdict)).toBe(false);
  });

  it("under another key's name does not fit", async () => {
    const verdict = await after((copy) => {
      const mine = signer([other], testPolicy.portalUrl)(copy.get("manifest.json")?.toString() ?? "");
      copy.set("signature.json", Buffer.from(`${JSON.stringify({ ...mine, kid: signingKey(seed).kid }, null, 2)}\n`));
      reseal(copy);
    });
    expect(verdict).toMatchObject({ ...whole, signature: "wrong" });
  });

  it("is missed where there is none, or one of another form", async () => {
    expect(await after((copy) => { copy.delete("signature.json"); })).toMatchObject({ signature: "unsigned", missing: ["signature.json"], changed: [] });
    expect(await after((copy) => { copy.set("signature.json", Buffer.from('{"algorithm":"none"}')); reseal(copy); })).toMatchObject({ ...whole, signature: "malformed" });
    expect(await after((copy) => { copy.set("signature.json", Buffer.from([0xff])); reseal(copy); })).toMatchObject({ ...whole, signature: "malformed" });
  });

  it.each([
    ["a retired key that signed then", [{ seed, firstUsedAt: later(-9), retiredAt: later(3) }], "valid_retired", true],
    ["a key retired long before", [{ seed, firstUsedAt: later(-9), retiredAt: later(-3) }], "out_of_period", false],
    ["a key that was not in use yet", [{ seed, firstUsedAt: later(3) }], "out_of_period", false],
    ["the old key while workers change over", [{ seed: other }, { seed, firstUsedAt: later(-9), retiredAt: later(-0.5) }], "valid_retired", true],
    ["no published key", [{ seed: other }], "unknown_key", false],
  ] as const)("by %s", async (_name, seeds, signature, good) => {
    const verdict = await verdictOn(zip, published(seeds));
    expect(verdict).toMatchObject({ ...whole, signature });
    expect(isWhole(verdict)).toBe(good);
  });

  it("is not believed when the list gives another key under its name, nor when there is no list", async () => {
    const [mine, theirs] = [published().keys[0], published([{ seed: other }]).keys[0]];
    expect(await verdictOn(zip, { keys: [{ ...theirs, kid: mine?.kid ?? "" }] as never })).toMatchObject({ signature: "unknown_key" });
    const verdict = await verdictOn(zip, null);
    expect(verdict).toMatchObject({ ...whole, signature: "no_keys" });
    expect(isWhole(verdict)).toBe(false);
  });

  it("covers a manifest in one form only: a key twice, or other spaces, is a change", async () => {
    const tampered = (act: (text: string) => string) => after((copy) => { copy.set("manifest.json", Buffer.from(act(copy.get("manifest.json")?.toString() ?? ""))); });
    expect(await tampered((text) => text.replace('"subject":', '"subject": "@eve:x",\n  "subject":'))).toMatchObject({ signature: "valid", changed: ["manifest.json", "tagmanifest-sha256.txt"] });
    expect(await tampered((text) => `${text} `)).toMatchObject({ changed: ["manifest.json", "tagmanifest-sha256.txt"] });
  });
});

describe("what is no package of ours", () => {
  it("is said to be none", async () => {
    await expect(openZip(new Blob(["not a zip"]))).rejects.toThrow();
    await expect(openZip(new Blob([new Uint8Array(zip.subarray(0, zip.length / 2))]))).rejects.toThrow();
    expect(await verdictOn(await zipOf([["a.txt", Buffer.from("x")]]))).toEqual({ kind: "not_ours" });
    expect(await verdictOn(await zipOf([["manifest.json", Buffer.from("{}")]]))).toEqual({ kind: "not_ours" });
    expect(await after((copy) => { copy.set("manifest.json", Buffer.from((copy.get("manifest.json")?.toString() ?? "").replace('"version": 2', '"version": 1'))); })).toEqual({ kind: "other_version" });
  });
});
