import { spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { workerOnly } from "#lib/config/env.ts";
import { goodWebEnv, goodWorkerEnv } from "#tests/fixtures/env.ts";
import { emptyDatabase, freshDb } from "#tests/fixtures/db.ts";

const root = process.cwd();
let folder: string;
let url: string;
let drop: () => Promise<void>;

beforeAll(async () => {
  ({ url, drop } = await freshDb());
});
afterAll(() => drop());

/** A checkout that is built, with a `next` that only tells what it was given. */
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "start-"));
  await mkdir(path.join(folder, ".next"));
  await writeFile(path.join(folder, ".next/BUILD_ID"), "x");
  await writeFile(path.join(folder, "next"), `#!${process.execPath}\nconsole.log(JSON.stringify({ argv: process.argv.slice(2), env: process.env })); process.exitCode = 7;`);
  await chmod(path.join(folder, "next"), 0o755);
  return () => rm(folder, { recursive: true, force: true });
});

/** Runs `npm start`'s script there. */
async function start(env: Readonly<Record<string, string>>, args: string[] = []) {
  const child = spawn(process.execPath, [path.join(root, "lib/runtime/start.ts"), ...args], { cwd: folder, env: { PATH: folder, ...env } as Partial<NodeJS.ProcessEnv> as NodeJS.ProcessEnv });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk) => (out += String(chunk)));
  child.stderr.on("data", (chunk) => (err += String(chunk)));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, out, err };
}

it("hands the web process what it needs and nothing only the worker may hold", async () => {
  const { code, out } = await start({ ...goodWorkerEnv, DATABASE_URL: url }, ["-p", "3001"]);
  const { argv, env } = JSON.parse(out) as { argv: string[]; env: Record<string, string> };
  expect(argv).toEqual(["start", "-p", "3001"]);
  expect(env).toMatchObject({ DATABASE_URL: url, PORTAL_URL: goodWebEnv.PORTAL_URL, NODE_ENV: "production" });
  for (const name of workerOnly) expect(env[name]).toBe("");
  expect(code).toBe(7);
});

it("keeps them out too when they stand in a .env file, and lets the environment win over that file", async () => {
  const lines = Object.entries({ ...goodWorkerEnv, DATABASE_URL: url, LOG_LEVEL: "warn" }).map(([name, value]) => `${name}="${value}"`);
  await writeFile(path.join(folder, ".env"), lines.join("\n"));
  const { out } = await start({ LOG_LEVEL: "error" });
  const { env } = JSON.parse(out) as { env: Record<string, string> };
  expect(env).toMatchObject({ PORTAL_SECRET: goodWebEnv.PORTAL_SECRET, LOG_LEVEL: "error" });
  for (const name of workerOnly) expect(env[name]).toBe("");
});

it.each([
  ["a setting is missing", { PORTAL_SECRET: "" }, /PORTAL_SECRET is not set/],
  ["the database does not answer", { DATABASE_URL: "postgres://127.0.0.1:9/portal" }, /database does not answer: check DATABASE_URL/],
])("says in a sentence when %s", async (_what, env, sentence) => {
  const { code, out, err } = await start({ ...goodWebEnv, DATABASE_URL: url, ...env });
  expect(err).toMatch(sentence);
  expect(err).not.toContain("    at ");
  expect([code, out]).toEqual([1, ""]);
});

it("does not run on a database that lacks migrations", async () => {
  const empty = await emptyDatabase();
  const { code, err } = await start({ ...goodWebEnv, DATABASE_URL: empty.url });
  expect(err).toMatch(/lacks \d+ migrations? of this version: run `npm run migrate` first/);
  expect(code).toBe(1);
  await empty.drop();
});

it("does not run without a build", async () => {
  await rm(path.join(folder, ".next"), { recursive: true });
  const { code, err } = await start({ ...goodWebEnv, DATABASE_URL: url });
  expect(err).toContain("run `npm run build` first");
  expect(code).toBe(1);
});
