import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";

const linux = process.platform === "linux";

/** What one process cost. */
export interface Cost {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakRssMb: number;
}

/**
 * Called in the measured process, last. Memory is its own; processor time includes processes it started and that have
 * ended (tables, reading view, PDF, leak gate).
 */
export function costSoFar(startedAt: number): Cost {
  // maxRSS of a started process may be that of the one who started it: the high-water mark of the image itself is not.
  const peak = linux ? /VmHWM:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"))?.[1] : undefined;
  return { wallSeconds: (performance.now() - startedAt) / 1000, cpuSeconds: cpuSeconds(), peakRssMb: Number(peak ?? process.resourceUsage().maxRSS) / 1024 };
}

/** Processor time of all threads so far, and of the processes that were started and have ended. */
export function cpuSeconds(): number {
  const ticks = linux ? readFileSync("/proc/self/stat", "utf8").split(") ")[1]?.split(" ").slice(13, 15) : undefined;
  return ownCpuSeconds() + (ticks ?? []).reduce((sum, value) => sum + Number(value), 0) / 100;
}

export function ownCpuSeconds(): number {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  return (userCPUTime + systemCPUTime) / 1e6;
}

/** Resident memory of the processes this one started and that still run; 0 where the system does not say. */
export function childrenRssMb(): number {
  if (!linux) return 0;
  const pids = readdirSync("/proc/self/task").flatMap((task) => read(`/proc/self/task/${task}/children`).split(" ").filter(Boolean));
  return pids.reduce((sum, pid) => sum + Number(/VmRSS:\s+(\d+) kB/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024, 0);
}

/** Nothing of what has ended between the listing and the look. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
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
