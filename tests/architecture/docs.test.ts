import { existsSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { allFiles, read } from "./sources.ts";

const top = "(?:app|lib|tests|prisma|public|\\.ci|\\.github)";

/** What a text claims to be a file or folder here: links, and words in backticks that begin at the top or at the room. */
export function claimedPaths(text: string): string[] {
  const links = [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)].map((match) => match[1] ?? "");
  const words = [...text.matchAll(new RegExp(`\`(${top}/[^\`\\s*<>{}…]*)\``, "g"))].map((match) => match[1] ?? "");
  const files = [...text.matchAll(/`([\w./-]+\.(?:ts|tsx|mjs|cjs|json|sql|md|prisma|css))`/g)].map((match) => match[1] ?? "");
  return [...new Set([...links, ...words, ...files])];
}

test("finds links, folders and files, and leaves commands and addresses alone", () => {
  const text = "[a](docs/a.md#x) [b](https://example.org) `lib/db/` `npm run x` `lib/kinds/*.ts` `machine.ts` `scope-ledger.csv`";
  expect(claimedPaths(text)).toEqual(["docs/a.md", "lib/db/", "machine.ts"]);
});

test("every path in the documents exists", () => {
  const documents = allFiles().filter((file) => file.endsWith(".md") && file !== "CHANGELOG.md");
  const broken = documents.flatMap((document) => {
    const here = path.dirname(document);
    return claimedPaths(read(document))
      .filter((claim) => ![here, "."].some((base) => existsSync(path.join(base, claim))))
      .map((claim) => `${document}: ${claim}`);
  });
  expect(broken).toEqual([]);
});

test("every npm command in the documents exists", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const known = new Set([...Object.keys(scripts), "ci", "install"]);
  const asked = allFiles()
    .filter((file) => file.endsWith(".md"))
    .flatMap((file) => [...read(file).matchAll(/npm (?:run )?(?:-\S+ )*([a-z][a-z:-]*)/g)].map((match) => `${file}: ${match[1]}`));
  expect(asked.filter((line) => !known.has(line.split(": ")[1] ?? "") && /`|npm run/.test(line))).toEqual([]);
});
