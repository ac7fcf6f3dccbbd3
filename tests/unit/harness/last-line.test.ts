import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { lastLine } from "#tests/harness/last-line.ts";

const run = promisify(execFile);
const said = (command: string, args: string[]) => run(command, args).then(() => "nothing", lastLine);

test("a program that is missing is named as such", async () => {
  expect(await said("no-such-program", [])).toBe("no-such-program is not installed.");
});

test("of a command that failed the last line is told, as a sentence", async () => {
  expect(await said("/bin/sh", ["-c", "echo first >&2; echo 'E: nothing found.' >&2; exit 3"])).toBe("E: nothing found.");
});
