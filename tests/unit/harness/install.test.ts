import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

let root = "";
const at = (...parts: string[]) => path.join(root, ...parts);
const age = (file: string, seconds: number) => utimesSync(at(file), seconds, seconds);

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "portal-install-"));
  for (const folder of [".ci", "bin", "prisma", "node_modules/prisma/build", "lib/db/generated"]) mkdirSync(at(folder), { recursive: true });
  cpSync(".ci/install.cjs", at(".ci/install.cjs"));
  for (const file of ["package-lock.json", "node_modules/.package-lock.json", "prisma/schema.prisma", "lib/db/generated/client.ts"]) writeFileSync(at(file), "");
  age("package-lock.json", 1000);
  age("node_modules/.package-lock.json", 2000);
  age("prisma/schema.prisma", 1000);
  age("lib/db/generated/client.ts", 2000);
  tool("npm", 'echo "npm $*" >> "$LOG"; exit ${NPM_EXIT:-0}');
  writeFileSync(at("node_modules/prisma/build/index.js"), 'require("node:fs").appendFileSync(process.env.LOG, `prisma ${process.argv.slice(2)} ${process.env.PRISMA_SCHEMA_ENGINE_BINARY ? "no download" : ""}\\n`)');
  writeFileSync(at("log"), "");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function tool(name: string, script: string): void {
  writeFileSync(at("bin", name), `#!/bin/sh\n${script}\n`);
  chmodSync(at("bin", name), 0o755);
}

/** The script of the viewer is bundled every time: that is quicker than finding out whether it must be. */
const bundle = "npm run --silent generate:viewer\n";

function install(env: Record<string, string> = {}): { code: number | null; said: string; did: string } {
  const done = spawnSync(process.execPath, [at(".ci/install.cjs")], { env: { PATH: `${at("bin")}:/bin:/usr/bin`, LOG: at("log"), ...env } as unknown as NodeJS.ProcessEnv, encoding: "utf8" });
  return { code: done.status, said: done.stderr.trim(), did: readFileSync(at("log"), "utf8") };
}

test("does nothing but bundle the viewer when everything is there", () => {
  expect(install()).toEqual({ code: 0, said: "", did: bundle });
});

test("installs when nothing is there, or the lock file is newer", () => {
  age("package-lock.json", 3000);
  expect(install().did).toMatch(/^npm ci /);
  rmSync(at("node_modules/.package-lock.json"));
  expect(install().did).toMatch(new RegExp(`^npm ci .*\n${bundle}npm ci .*\n${bundle}$`));
});

test("generates the client when it is missing or older than the schema, without downloading an engine", () => {
  age("prisma/schema.prisma", 3000);
  expect(install().did).toBe(`prisma generate no download\n${bundle}`);
  rmSync(at("lib/db/generated/client.ts"));
  expect(install().did).toBe(`prisma generate no download\n${bundle}`.repeat(2));
});

test("ends with one sentence when npm fails or is missing", () => {
  age("package-lock.json", 3000);
  expect(install({ NPM_EXIT: "7" })).toMatchObject({ code: 1, said: "Installing packages failed (exit code 7); its own words are above." });
  rmSync(at("bin/npm"));
  expect(install({ PATH: at("bin") })).toMatchObject({ code: 1, said: "Installing packages could not start: is npm on the PATH?" });
});
