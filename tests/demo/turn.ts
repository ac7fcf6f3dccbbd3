import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { DemoStop } from "./options.ts";

/**
 * One demo at a time on one folder. @returns whether an earlier one ended without tidying up, and how to end this turn
 * @throws DemoStop when one is running
 */
export async function takeTurn(folder: string): Promise<{ afterCrash: boolean; end(): Promise<void> }> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, "demo.pid");
  const pid = Number(await readFile(file, "utf8").catch(() => "0"));
  if (pid && (await isDemo(pid))) throw new DemoStop(`The demo is already running (process ${pid}): use that one, or end it with Ctrl-C where it runs.`);
  await writeFile(file, String(process.pid));
  return { afterCrash: pid !== 0, end: () => rm(file, { force: true }) };
}

async function isDemo(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  // Another program may have got the number since.
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => null);
  return command === null ? process.platform !== "linux" : command.includes("demo/main.ts");
}
