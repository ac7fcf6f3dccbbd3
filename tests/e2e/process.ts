import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { open, readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endWithUs } from "#tests/harness/end-with-us.ts";

export interface Running {
  readonly logPath: string;
  stop(signal?: "SIGTERM" | "SIGKILL"): Promise<void>;
}

const root = path.resolve(import.meta.dirname, "../..");

/** A part of the portal as production starts it; everything it says goes into a file. */
export async function startPart(args: readonly string[], env: Readonly<Record<string, string>>, logPath: string): Promise<Running> {
  const log = await open(logPath, "a");
  const PATH = `${path.join(root, "node_modules/.bin")}${path.delimiter}${process.env["PATH"] ?? ""}`;
  // Only what is named here: a setting of the developer's shell must not decide a test.
  const child = spawn("node", args, { cwd: root, env: { PATH, HOME: process.env["HOME"] ?? "/", TMPDIR: process.env["TMPDIR"] ?? "/tmp", ...env } as unknown as NodeJS.ProcessEnv, detached: true, stdio: ["ignore", log.fd, log.fd] });
  await once(child, "spawn");
  await log.close();
  child.unref();
  endWithUs(child.pid ?? 0);
  return { logPath, stop: (signal = "SIGTERM") => end(child, signal) };
}

async function end(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  const gone = once(child, "exit");
  child.kill(signal);
  await gone;
}

/** Waits for an answer that `good` likes. @throws Error with the end of the log */
export async function whenAnswering(url: string, part: Running, good: (response: Response) => boolean = (response) => response.ok): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 200) {
    if (await fetch(url).then(good, () => false)) return;
    await sleep(200);
  }
  throw new Error(`${url} does not answer.\n${await tail(part.logPath)}`);
}

/** Waits until the log says `words`. */
export async function whenSaid(words: string, part: Running): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 100) {
    if ((await readFile(part.logPath, "utf8")).includes(words)) return;
    await sleep(100);
  }
  throw new Error(`"${words}" was not said.\n${await tail(part.logPath)}`);
}

async function tail(file: string): Promise<string> {
  return (await readFile(file, "utf8")).trim().split("\n").slice(-20).join("\n");
}
