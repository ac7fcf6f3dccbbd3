import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bagFolder, isPayload, unlisted } from "#lib/export/bag.ts";
import { checkCommands } from "#lib/export/index-page.ts";
import { writePackage } from "#lib/export/write.ts";
import { testPolicy } from "#tests/fixtures/context.ts";
import { openPackage } from "#tests/fixtures/open-package.ts";
import { fakeKind, testObserver, testOrder, testPorts } from "#tests/fixtures/package.ts";

const messages = fakeKind("messages", { rows: [{ body: "a" }, { body: "b" }] });
const hostile = { ...testPolicy, controller: { name: "Eve e.V.\r\nPayload-Oxum: 0.0\u2028\u0085", address: "Street 1\n12345 Town: here" } };

async function bag(reference: string | null = "7F3K-29QD", policy = testPolicy) {
  const { sunk } = await writePackage(testPorts({ policy }), testOrder({ kinds: [messages], reference }), testObserver(), async (zip) => Buffer.concat(await Array.fromAsync(zip)));
  return openPackage(sunk);
}

const listIn = (text: Buffer | undefined) => new Map((text?.toString() ?? "").split("\n").slice(0, -1).map((line) => [line.slice(66), line.slice(0, 64)] as const));

describe("bag", () => {
  it.each([
    ["7F3K-29QD", "matrix-data-7F3K-29QD"],
    [null, "matrix-data"],
    ["letter 12/2026", "matrix-data-letter-12-2026"],
    ["../../etc/\u202Egpj.exe\u0000", "matrix-data-etc-gpj-exe"],
    ["名前", "matrix-data"],
    ["-".repeat(50), "matrix-data"],
    ["x".repeat(500), `matrix-data-${"x".repeat(40)}`],
  ])("of request %j lies in %s", async (reference, folder) => {
    expect(bagFolder(reference)).toBe(folder);
  });

  it("lists what was asked for, and apart from it what is about it, each with its hash", async () => {
    const { folder, files } = await bag();
    expect(folder).toBe("matrix-data-7F3K-29QD");
    const payload = listIn(files.get("manifest-sha256.txt")?.content);
    const tags = listIn(files.get("tagmanifest-sha256.txt")?.content);
    expect([...payload.keys()]).toEqual([...files.keys()].filter((name) => isPayload({ path: name })));
    expect([...payload.keys(), ...tags.keys(), "tagmanifest-sha256.txt"].sort()).toEqual([...files.keys()].sort());
    for (const [name, sha256] of [...payload, ...tags]) expect([name, files.get(name)?.sha256]).toEqual([name, sha256]);
    expect([...files.keys()].slice(-unlisted.length)).toEqual([...unlisted]);
  });

  it("says what it is, from whom and how much, whatever the operator is called", async () => {
    const { files } = await bag(null, hostile);
    expect(files.get("bagit.txt")?.content.toString()).toBe("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    const payload = [...files].filter(([name]) => isPayload({ path: name }));
    const bytes = payload.reduce((sum, [, file]) => sum + file.content.length, 0);
    expect(files.get("bag-info.txt")?.content.toString().split("\n")).toEqual([
      "Source-Organization: Eve e.V. Payload-Oxum: 0.0",
      "Organization-Address: Street 1 12345 Town: here",
      "Contact-Email: dpo@test.example",
      "Bagging-Date: 2026-11-21",
      `Payload-Oxum: ${bytes}.${payload.length}`,
      expect.stringMatching(/^Bag-Software-Agent: matrix-privacy-portal \d/),
      "",
    ]);
  });
});

describe("the commands people are given", () => {
  const place = mkdtempSync(path.join(tmpdir(), "bag-"));
  let files: Awaited<ReturnType<typeof bag>>["files"];
  const run = (command: string) => execFileSync("sh", ["-c", command], { cwd: place, stdio: ["ignore", "pipe", "pipe"] }).toString();
  beforeAll(async () => {
    files = (await bag()).files;
    for (const [name, { content }] of files) {
      mkdirSync(path.dirname(path.join(place, name)), { recursive: true });
      writeFileSync(path.join(place, name), content);
    }
  });
  afterAll(() => rmSync(place, { recursive: true }));

  it.each([checkCommands.linux, checkCommands.mac])("%s is content, and is not when a byte changed in either part", (command) => {
    expect(run(command).match(/: OK$/gm)).toHaveLength(files.size - 1);
    for (const name of ["data/messages.csv", "index.html"]) {
      const content = files.get(name)?.content ?? Buffer.alloc(0);
      writeFileSync(path.join(place, name), Buffer.concat([content, Buffer.from(" ")]));
      expect(() => run(command)).toThrow();
      writeFileSync(path.join(place, name), content);
    }
  });
});
