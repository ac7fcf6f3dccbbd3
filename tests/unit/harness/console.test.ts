import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

test("a test that makes something complain on the console fails", () => {
  mkdirSync("tests/.output", { recursive: true });
  const folder = mkdtempSync(path.resolve("tests/.output/console-"));
  try {
    const file = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
    file("quiet.test.mjs", 'import { test } from "vitest"; test("quiet", () => undefined);');
    file("loud.test.mjs", 'import { test } from "vitest"; test("loud", () => console.error("something %s", "odd"));');
    file("vitest.config.mjs", `export default { test: { include: ["*.test.mjs"], setupFiles: [${JSON.stringify(path.resolve("tests/harness/vitest-console.ts"))}] } };`);
    spawnSync(path.resolve("node_modules/.bin/vitest"), ["run", "--root", folder, "--reporter=json", "--outputFile=report.json"], { cwd: folder });
    const { testResults } = JSON.parse(readFileSync(path.join(folder, "report.json"), "utf8")) as { testResults: { assertionResults: { title: string; status: string; failureMessages: string[] }[] }[] };
    const results = testResults.flatMap(({ assertionResults }) => assertionResults);
    expect(results.map(({ title, status }) => `${title} ${status}`).sort()).toEqual(["loud failed", "quiet passed"]);
    expect(results.find(({ title }) => title === "loud")?.failureMessages.join()).toContain("something odd");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
