import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findPolicy, listPolicies, readText, currentText } from "#lib/consent/texts.ts";
import { policiesFolder } from "#tests/fixtures/policies.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "policies-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A copy of the examples with one file of it changed. */
async function broken(file: string, content: string): Promise<string> {
  const copy = await mkdtemp(path.join(folder, "copy-"));
  await cp(policiesFolder, copy, { recursive: true });
  await mkdir(path.dirname(path.join(copy, file)), { recursive: true });
  await writeFile(path.join(copy, file), content);
  return copy;
}

async function terms(at = policiesFolder) {
  const entry = await findPolicy(at, "terms");
  if (!entry) throw new Error("no terms");
  return entry;
}

test("lists the policies by name, and none where none are configured", async () => {
  expect((await listPolicies(policiesFolder)).map(({ policy, current, homeserver }) => [policy, current, homeserver])).toEqual([["newsletter", "1.0", false], ["terms", "2.0", true]]);
  expect(await listPolicies(null)).toEqual([]);
});

test("gives the text in the person's language, else in English, with the hash of the file's bytes", async () => {
  const entry = await terms();
  const file = await readFile(path.join(policiesFolder, "terms/2.0/de.md"));
  expect(await readText(policiesFolder, entry, "2.0", "de")).toMatchObject({ language: "de", title: "Nutzungsbedingungen", version: "2.0", hash: createHash("sha256").update(file).digest("hex"), markdown: file.toString() });
  expect(await readText(policiesFolder, entry, "1.0", "fr")).toMatchObject({ language: "en", title: "Terms of use" });
  const german = await broken("terms/2.0/de.md", "# Nur das\n");
  await rm(path.join(german, "terms/2.0/en.md"));
  expect(await currentText(german, await terms(german), "fr")).toMatchObject({ language: "de", title: "Nur das" });
});

test.each(["3.0", "../terms/1.0", "..", "", "/etc", "1.0/", null, ["1.0"], "__proto__"])("knows no version %j", async (version) => {
  expect(await readText(policiesFolder, await terms(), version, "en")).toBeNull();
});

test.each(["../terms", "terms/1.0", "", null, "constructor"])("knows no policy %j", async (name) => {
  expect(await findPolicy(policiesFolder, name)).toBeNull();
});

test("a language is only ever compared with the files there are", async () => {
  await writeFile(path.join(folder, "secret.md"), "# secret");
  expect(await readText(policiesFolder, await terms(), "2.0", "../../../../secret")).toMatchObject({ language: "en" });
});

test.each([
  ["no JSON", "terms/policy.json", "{", /^terms\/policy\.json is not JSON$/],
  ["a wrong setting", "terms/policy.json", "{}", /^terms\/policy\.json versions: /],
  ["a folder without policy.json", "empty/1.0/en.md", "# x", /^empty\/policy\.json cannot be read$/],
  ["two of the homeserver's", "zwei/policy.json", "", /^zwei\/policy\.json says "homeserver" and so does terms/],
])("names the file that has %s", async (_what, file, content, message) => {
  const copy = await broken(file, content === "" ? await readFile(path.join(policiesFolder, "terms/policy.json"), "utf8") : content);
  await expect(listPolicies(copy)).rejects.toThrow(message);
});

test("names the version that has no text, and the folder that is not there", async () => {
  const copy = await broken("terms/2.0/en.md", "# x");
  await rm(path.join(copy, "terms/2.0"), { recursive: true });
  await expect(currentText(copy, await terms(copy), "en")).rejects.toThrow(/^terms\/2\.0 holds no text/);
  await expect(listPolicies(path.join(folder, "nowhere"))).rejects.toThrow(/^POLICIES cannot be read/);
});
