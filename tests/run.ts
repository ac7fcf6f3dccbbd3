import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { installBrowser } from "./harness/browser.ts";
import { outcomeOf, type Outcome } from "./harness/reports.ts";
import { installSynapse } from "./harness/synapse.ts";

/**
 * `npm test`: everything, in stages; `--fast` (`npm run check`): what needs no server.
 * The last line is "N passed, N failed": each check counts as one, each test as itself. A stage of
 * tests that ran none has failed, so nothing can be skipped and look green.
 */
interface Stage {
  readonly name: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where the runner leaves its JSON report; a plain check has none. */
  readonly report?: string;
  /** Each must have run at least one test. */
  readonly folders?: readonly string[];
}
const root = path.join(import.meta.dirname, "..");
const output = path.join(root, "tests", ".output");
const bin = (name: string) => path.join(root, "node_modules", ".bin", name);
const vitest = (...projects: string[]): Stage => {
  const report = path.join(output, `${projects.join("-")}.json`);
  return {
    name: projects.join(" and "),
    command: [bin("vitest"), "run", ...projects.flatMap((project) => ["--project", project]), "--reporter=dot", "--reporter=json", `--outputFile.json=${report}`],
    report,
    folders: projects.map((project) => path.join(root, "tests", project)),
  };
};

const fast = process.argv.includes("--fast");
/** Beside `.next`, from which a demo may be running. */
const build = { NEXT_DIST_DIR: ".next-test" };

const checks: Stage[] = [
  { name: "types", command: [bin("tsc"), "--noEmit", "--project", "."] },
  // The cache looks at a file alone, the rules also at what it imports: good enough for a first look.
  { name: "lint", command: [bin("eslint"), "--max-warnings=0", ...(fast ? ["--cache", "--cache-location", ".cache/eslint"] : []), "."] },
  { name: "boundaries", command: [bin("depcruise"), "--config", ".dependency-cruiser.mjs", "app", "lib"] },
  { name: "dead code", command: [bin("knip"), "--no-progress"] },
  vitest("unit", "architecture"),
];
const buildPages: Stage = { name: "build", command: [bin("next"), "build"], env: build };
/** Each waits for something much of its time, and each has databases and ports of its own: two at a time, the longest first; the one that alone uses both cores comes late. */
const suites: Stage[] = [
  { name: "browser", command: [bin("playwright"), "test"], report: path.join(output, "browser.json"), env: build },
  vitest("homeserver"),
  vitest("integration"),
  vitest("contract"),
];

function run(stage: Stage): Promise<{ code: number; log: string }> {
  return new Promise((resolve) => {
    const child = spawn(stage.command[0] ?? "", stage.command.slice(1), {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", CHECKPOINT_DISABLE: "1", FORCE_COLOR: "0", PLAYWRIGHT_JSON_OUTPUT_FILE: path.join(output, "browser.json"), ...stage.env },
    });
    let log = "";
    child.stdout.on("data", (chunk: Buffer) => (log += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
    child.on("error", (error) => resolve({ code: 1, log: `${log}\n${error.message}` }));
    child.on("close", (code) => resolve({ code: code ?? 1, log }));
  });
}

async function carryOut(stage: Stage): Promise<Outcome> {
  const started = Date.now();
  const { code, log } = await run(stage);
  const outcome = stage.report ? outcomeOf(existsSync(stage.report) ? readFileSync(stage.report, "utf8") : null, code, stage.folders) : code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const ok = outcome.failed === 0;
  if (!ok) console.log(log);
  writeFileSync(path.join(output, `${stage.name.replaceAll(" ", "-")}.log`), log);
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  console.log(`${ok ? "ok    " : "FAILED"} ${stage.name.padEnd(26)} ${outcome.passed} passed, ${outcome.failed} failed   ${seconds} s`);
  return outcome;
}

/** Two cores: two stages at a time. */
async function inPairs(stages: readonly Stage[]): Promise<Outcome[]> {
  const waiting = [...stages];
  const done: Outcome[] = [];
  const worker = async () => {
    for (let stage = waiting.shift(); stage; stage = waiting.shift()) done.push(await carryOut(stage));
  };
  await Promise.all([worker(), worker()]);
  return done;
}

/** Without the first no suite could run; where the older one is missing, its own test says why. */
async function installSynapses(): Promise<void> {
  await Promise.all([installSynapse(console.log), installSynapse(console.log, "older").catch(() => undefined)]);
}

async function main(): Promise<void> {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const outcomes: Outcome[] = [];
  if (!fast) installBrowser(console.log);
  // Beside the checks, which need none.
  const synapses = fast ? Promise.resolve() : installSynapses();
  synapses.catch(() => undefined);
  // The types of routes are generated; on a fresh clone there are none yet.
  outcomes.push(await carryOut({ name: "route types", command: [bin("next"), "typegen"] }));
  outcomes.push(...(await inPairs(fast ? checks : [...checks, buildPages])));
  await synapses;
  if (!fast) outcomes.push(...(await inPairs(suites)));
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  console.log("\n0 passed, 1 failed");
  process.exitCode = 1;
});
