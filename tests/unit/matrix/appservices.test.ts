import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readAppservices } from "#lib/matrix/appservices.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "appservices-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, text: string): Promise<string> {
  await writeFile(path.join(folder, name), text);
  return path.join(folder, name);
}

const full = `id: "bridge"
url: http://bridge:29318/
as_token: our-word
hs_token: their-word # with a comment
sender_localpart: bot
rate_limited: false
namespaces:
  users:
    - exclusive: true
      regex: '@irc_.*:example\\.org'
`;

it("reads what it needs of registration files", async () => {
  const quiet = 'id: quiet\nurl: null\nhs_token: "0123"\n';
  expect(readAppservices([await file("a.yaml", full), await file("b.yaml", quiet), await file("c.yaml", "id: c\nurl: ''\nhs_token: t\n")])).toEqual([
    { id: "bridge", url: "http://bridge:29318", hsToken: "their-word" },
    { id: "quiet", url: null, hsToken: "0123" },
    { id: "c", url: null, hsToken: "t" },
  ]);
});

it.each([
  ["is no YAML", "a: [b"],
  ["is no registration", "- 1"],
  ["has no token", "id: a\nurl: http://a\n"],
  ["has an address that is none", "id: a\nurl: bridge:29318\nhs_token: very-secret\n"],
  ["has an address to elsewhere", "id: a\nurl: file:///etc/passwd\nhs_token: very-secret\n"],
])("refuses a file that %s, and repeats nothing of it", async (_what, text) => {
  const at = await file("bad.yaml", text);
  const read = () => readAppservices([at]);
  expect(read).toThrow("a registration file cannot be read");
  expect(read).not.toThrow(/very-secret/);
});

it("refuses what is not there, and two of one name", async () => {
  expect(() => readAppservices([path.join(folder, "nothing.yaml")])).toThrow("a registration file cannot be read");
  const one = await file("one.yaml", full);
  expect(() => readAppservices([one, one])).toThrow("a registration file cannot be read");
});
