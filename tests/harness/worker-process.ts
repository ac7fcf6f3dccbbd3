import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

/** What `npm run worker` gives its process: flags of Node, and variables. */
export function workerLaunch(): { flags: string[]; env: Record<string, string> } {
  const { scripts } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { scripts: { worker: string } };
  const words = scripts.worker.split(" ");
  const before = words.slice(0, words.indexOf("node")).map((word) => word.split("=") as [string, string]);
  return { flags: words.filter((word) => word.startsWith("--")), env: Object.fromEntries(before) };
}

/**
 * Runs a TypeScript file in a process like the worker's; its last line is its result as JSON.
 * @throws Error with what it said when it fails
 */
export async function inWorkerProcess<T>(file: string, order: unknown): Promise<T> {
  const { flags, env } = workerLaunch();
  const child = spawn(process.execPath, [...flags, file, JSON.stringify(order)], { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  let out = "";
  let errors = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`${file} failed:\n${errors || out}`);
  return JSON.parse(out.trim().split("\n").at(-1) ?? "null") as T;
}
