import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { Client } from "pg";

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
  return ownCpuSeconds() + endedCpuSeconds();
}

/** Processor time of the processes that were started and have ended, theirs included; 0 where the system does not say. */
export function endedCpuSeconds(): number {
  return linux ? ticksOf("self").ofEnded / 100 : 0;
}

/** What a PostgreSQL on this machine has used so far, all its processes together; 0 where the system does not say. */
export async function databaseCpuSeconds(url: string): Promise<number> {
  if (!linux) return 0;
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ pid: string }>("SELECT pg_backend_pid()::text AS pid");
  // Every backend is a child of the one process that listens.
  const parent = ticksOf(rows[0]?.pid ?? "").parent;
  await client.end();
  const children = read(`/proc/${parent}/task/${parent}/children`).split(" ").filter(Boolean);
  return [parent, ...children].map(ticksOf).reduce((sum, { own, ofEnded }) => sum + own + ofEnded, 0) / 100;
}

/** Of /proc/<pid>/stat: its parent, and hundredths of a second of its own and of children that have ended. */
function ticksOf(pid: string): { parent: string; own: number; ofEnded: number } {
  const fields = read(`/proc/${pid}/stat`).split(") ").at(-1)?.split(" ") ?? [];
  const sum = (from: number) => Number(fields[from] ?? 0) + Number(fields[from + 1] ?? 0);
  return { parent: fields[1] ?? "", own: sum(11), ofEnded: sum(13) };
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
const said = Buffer.alloc(16 * 1024);

/** A file of /proc; "" when its process or thread is gone. Into one buffer: readFileSync takes a new one of 64 KiB for each, ten times a second, which the collector of what is measured would have to find. */
export function read(path: string): string {
  let file: number | null = null;
  try {
    file = openSync(path, "r");
    return said.toString("latin1", 0, readSync(file, said));
  } catch {
    return "";
  } finally {
    if (file !== null) closeSync(file);
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
