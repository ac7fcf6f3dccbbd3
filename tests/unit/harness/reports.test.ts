import { expect, test } from "vitest";
import { outcomeOf } from "#tests/harness/reports.ts";

const vitest = (passed: number, total: number, files: string[]) => JSON.stringify({ numPassedTests: passed, numTotalTests: total, testResults: files.map((name) => ({ name })) });
const playwright = (stats: object) => JSON.stringify({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats } });

test.each([
  ["all passed", vitest(3, 3, ["/t/unit/a.test.ts"]), 0, ["/t/unit"], { passed: 3, failed: 0 }],
  ["one failed", vitest(2, 3, ["/t/unit/a.test.ts"]), 1, ["/t/unit"], { passed: 2, failed: 1 }],
  ["one skipped", vitest(2, 3, ["/t/unit/a.test.ts"]), 0, ["/t/unit"], { passed: 2, failed: 1 }],
  ["a second folder without tests", vitest(3, 3, ["/t/unit/a.test.ts"]), 0, ["/t/unit", "/t/unit-two"], { passed: 3, failed: 1 }],
  ["nothing ran", vitest(0, 0, []), 0, [], { passed: 0, failed: 1 }],
  ["good tests, bad ending", vitest(3, 3, ["/t/unit/a.test.ts"]), 1, ["/t/unit"], { passed: 3, failed: 1 }],
  ["no report", null, 0, [], { passed: 0, failed: 1 }],
  ["browser: all passed", playwright({ expected: 4 }), 0, [], { passed: 4, failed: 0 }],
  ["browser: flaky and skipped", playwright({ expected: 4, flaky: 1, skipped: 2 }), 0, [], { passed: 4, failed: 3 }],
  ["browser: no test found", playwright({}), 1, [], { passed: 0, failed: 1 }],
])("%s", (_, report, code, folders, expected) => {
  expect(outcomeOf(report, code, folders)).toEqual(expected);
});
