// Brings a fresh clone to the point where `npm run` scripts can start: packages, then the generated
// database client. CommonJS without dependencies, because it runs before there are any, on Node 20.
"use strict";
const { spawnSync } = require("node:child_process");
const { existsSync, statSync, readdirSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..");
const at = (...path) => join(root, ...path);
const changed = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

function stop(sentence) {
  process.stderr.write(`\n${sentence}\n`);
  process.exit(1);
}

function run(words, what, env = {}) {
  const [command, ...rest] = words;
  const done = spawnSync(command, rest, { cwd: root, stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, ...env } });
  if (done.error) stop(`${what} could not start: is ${command} on the PATH?`);
  if (done.status !== 0) stop(`${what} failed (exit code ${done.status}); its own words are above.`);
}

if (Number(process.versions.node.split(".")[0]) < 20) {
  stop(`Node ${process.versions.node} is too old: install Node 20 or newer, then run the same command again.`);
}

// npm writes this file last, so it is younger than the lock file exactly when the last install finished.
if (changed(at("node_modules", ".package-lock.json")) < changed(at("package-lock.json"))) {
  process.stdout.write("Installing packages (a minute or two the first time) …\n");
  run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], "Installing packages");
}

const schema = Math.max(...readdirSync(at("prisma")).filter((name) => name.endsWith(".prisma")).map((name) => changed(at("prisma", name))));
if (changed(at("lib", "db", "generated", "client.ts")) < schema) {
  // Prisma wants an engine binary to exist even where `generate` does not use it.
  const env = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" };
  run([process.execPath, at("node_modules", "prisma", "build", "index.js"), "generate"], "Generating the database client", env);
}

// The script of the page inside every package. Always: it takes less time than finding out whether it must be.
run(["npm", "run", "--silent", "generate:viewer"], "Bundling the viewer");
