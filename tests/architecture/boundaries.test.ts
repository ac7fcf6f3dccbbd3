import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

/** A house in which every rule is broken once: a rule that no longer fires would be found here. */
const house: Readonly<Record<string, string>> = {
  "lib/errors.ts": "export const E = 1;",
  "lib/worker/handlers.ts": "export const handlers = 1;",
  "lib/auth/session.ts": "export const session = 1;",
  "lib/db/client.ts": "export const db = 1; export type Db = typeof db;",
  "lib/jobs/boss.ts": "export const boss = 1;",
  "lib/matrix/homeserver.ts": "export const mxid = 1;",
  "lib/matrix/synapse.ts": 'import { decide } from "#lib/requests/machine.ts"; export const open = decide;',
  "lib/synapse-db/postgres.ts": "export const look = 1; export type Look = typeof look;",
  "lib/pdf/render.ts": "export type Render = () => void;",
  "lib/pdf/render-to-buffer.ts": "export const render = 1;",
  "lib/requests/machine.ts": 'import { readFileSync } from "node:fs"; export const decide = readFileSync;',
  "lib/requests/approve.ts": 'import { open } from "#lib/matrix/synapse.ts"; import { build } from "#lib/export/build.ts"; export const approve = [open, build];',
  "lib/requests/first.ts": 'import { second } from "./second.ts"; export const first = (): unknown => second;',
  "lib/requests/second.ts": 'import { first } from "./first.ts"; export const second = (): unknown => first;',
  "lib/requests/good.ts": 'import { E } from "#lib/errors.ts"; import type { Db } from "#lib/db/client.ts"; import { mxid } from "#lib/matrix/homeserver.ts"; import type { Look } from "#lib/synapse-db/postgres.ts"; export const good = [E, mxid] as (number | Db | Look)[];',
  "lib/kinds/account.ts": 'import { good } from "#lib/requests/good.ts"; export const account = good;',
  "lib/export/build.ts": 'import { handlers } from "#lib/worker/handlers.ts"; export const build = handlers;',
  "lib/people/read-account.ts": 'import { session } from "#lib/auth/session.ts"; export const read = session;',
  "lib/audit/append.ts": 'import { world } from "#tests/world.ts"; import { gone } from "./gone.ts"; export const append = [world, gone];',
  "lib/consent/grant.ts": 'import { build } from "#lib/export/build.ts"; export const grant = build;',
  "lib/storage/open.ts": "export const storage = 1;",
  "lib/leak-gate/good.ts": 'import { storage } from "#lib/storage/open.ts"; export const good = storage;',
  "lib/leak-gate/records.ts": 'import type { Kind } from "#lib/kinds/kind.ts"; export const records = [] as Kind[];',
  "lib/kinds/kind.ts": "export type Kind = string;",
  "lib/viewer/parts.ts": 'import { E } from "#lib/errors.ts"; export const parts = E;',
  "lib/messages/messages.ts": 'import { E } from "#lib/errors.ts"; export const say = E;',
  "lib/messages/broken.ts": 'import { nothing } from "#lib/nothing.ts"; export const broken = nothing;',
  "app/page.ts": 'import { db } from "#lib/db/client.ts"; export const page = db;',
  "app/job.ts": 'import { handlers } from "#lib/worker/handlers.ts"; export const job = handlers;',
  "app/paper.ts": 'import { render } from "#lib/pdf/render-to-buffer.ts"; export const paper = render;',
  "app/good.ts": 'import { good } from "#lib/requests/good.ts"; import type { Db } from "#lib/db/client.ts"; export const fine = good as Db[];',
  "tests/world.ts": "export const world = 1;",
};

const expected = [
  "R1-two-doors lib/export/build.ts",
  "R1-web-does-not-open-the-workers-door app/job.ts",
  "R10-leak-gate-stands-alone lib/leak-gate/records.ts",
  "R11-the-viewer-stands-alone lib/viewer/parts.ts",
  "R2-pure-core lib/requests/machine.ts",
  "R3-pages-speak-to-verbs app/page.ts",
  "R3-pages-speak-to-verbs app/paper.ts",
  "R4-rooms-know-ports-by-type lib/requests/approve.ts",
  "R5-ports-know-no-domain lib/matrix/synapse.ts",
  "R6-kinds-and-audit-are-leaves lib/kinds/account.ts",
  "R6-messages-is-a-leaf lib/messages/messages.ts",
  "R6-no-cycles lib/requests/first.ts",
  "R6-rights-stand-apart lib/consent/grant.ts",
  "R6-rooms-are-a-tree lib/requests/approve.ts",
  "R7-auth-belongs-to-the-web lib/people/read-account.ts",
  "R7-pdf-and-synapse-db-belong-to-the-worker app/paper.ts",
  "R9-no-tests-in-production lib/audit/append.ts",
  "no-unresolvable lib/audit/append.ts",
  "no-unresolvable lib/messages/broken.ts",
];

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "portal-house-"));
  for (const [file, text] of Object.entries(house)) {
    await mkdir(path.join(folder, path.dirname(file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  }
  for (const file of ["package.json", "tsconfig.json", ".dependency-cruiser.mjs"]) await writeFile(path.join(folder, file), await readFile(file));
  await symlink(path.resolve("node_modules"), path.join(folder, "node_modules"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("each rule of the house fires where it is broken and nowhere else", async () => {
  const words = ["--config", ".dependency-cruiser.mjs", "--output-type", "json", "app", "lib"];
  const said = await promisify(execFile)(path.resolve("node_modules/.bin/depcruise"), words, { cwd: folder, maxBuffer: 64 << 20 }).catch((error: unknown) => error as { stdout: string });
  const { summary } = JSON.parse(said.stdout) as { summary: { violations: { from: string; rule: { name: string } }[] } };
  expect([...new Set(summary.violations.map(({ from, rule }) => `${rule.name} ${from}`))].sort()).toEqual(expected);
});

test("there is no rule without a place above that breaks it, and each says what it means", async () => {
  const rules = (await import(path.resolve(".dependency-cruiser.mjs")) as { default: { forbidden: { name: string; comment: string }[] } }).default.forbidden;
  expect(rules.map(({ name }) => name).filter((name) => !expected.some((line) => line.startsWith(`${name} `)))).toEqual([]);
  expect(rules.filter(({ comment }) => comment.length < 20)).toEqual([]);
});
