import path from "node:path";

export interface Outcome {
  readonly passed: number;
  readonly failed: number;
}

/** The parts we read of a report: Vitest writes Jest's shape, Playwright its own. */
interface Report {
  readonly numPassedTests?: number;
  readonly numTotalTests?: number;
  readonly testResults?: readonly { readonly name: string }[];
  readonly stats?: { readonly expected: number; readonly unexpected: number; readonly flaky: number; readonly skipped: number };
}

/**
 * What a run really did. A skipped test is one that failed to run, a flaky one failed, and a folder
 * without a test is a failure; so is a runner that ended badly although its tests did not.
 * @param text the JSON report; null when the runner left none
 */
export function outcomeOf(text: string | null, exitCode: number, folders: readonly string[] = []): Outcome {
  if (text === null) return { passed: 0, failed: 1 };
  const report = JSON.parse(text) as Report;
  const { passed, failed } = report.stats ? ofPlaywright(report.stats) : ofVitest(report, folders);
  return (exitCode !== 0 && failed === 0) || passed + failed === 0 ? { passed, failed: failed + 1 } : { passed, failed };
}

function ofPlaywright({ expected, unexpected, flaky, skipped }: NonNullable<Report["stats"]>): Outcome {
  return { passed: expected, failed: unexpected + flaky + skipped };
}

function ofVitest({ numPassedTests = 0, numTotalTests = 0, testResults = [] }: Report, folders: readonly string[]): Outcome {
  const empty = folders.filter((folder) => !testResults.some(({ name }) => name.startsWith(folder + path.sep)));
  return { passed: numPassedTests, failed: numTotalTests - numPassedTests + empty.length };
}
