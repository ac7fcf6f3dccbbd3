import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

/** What one process cost. */
export interface Cost {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakRssMb: number;
}

/**
 * Called in the measured process, last. Memory is its own; processor time includes processes it started and that have
 * ended (the one that draws the PDF).
 */
export function costSoFar(startedAt: number): Cost {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const linux = process.platform === "linux";
  // maxRSS of a started process may be that of the one who started it: the high-water mark of the image itself is not.
  const peak = linux ? /VmHWM:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"))?.[1] : undefined;
  const ticks = linux ? readFileSync("/proc/self/stat", "utf8").split(") ")[1]?.split(" ").slice(13, 15) : undefined;
  const children = (ticks ?? []).reduce((sum, value) => sum + Number(value), 0) / 100;
  return { wallSeconds: (performance.now() - startedAt) / 1000, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 + children, peakRssMb: Number(peak ?? maxRSS) / 1024 };
}

/** The flags `npm run worker` starts its process with. */
function workerFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: { worker: string } };
  return scripts.worker.split(" ").filter((word) => word.startsWith("--"));
}

/**
 * Runs a TypeScript file in a process like the worker's; its last line is its result as JSON.
 * @throws Error with what it said when it fails
 */
export async function inChild<T>(file: string, order: unknown): Promise<T> {
  const child = spawn(process.execPath, [...workerFlags(), file, JSON.stringify(order)], { stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let errors = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`${file} failed:\n${errors || out}`);
  return JSON.parse(out.trim().split("\n").at(-1) ?? "null") as T;
}

/** Seconds a command takes. @throws Error with the end of what it said when it fails */
export async function timed(command: string, args: readonly string[], cwd: string): Promise<number> {
  const started = performance.now();
  const child = spawn(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000)));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${said}`);
  return (performance.now() - started) / 1000;
}
