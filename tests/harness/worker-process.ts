import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

interface Launch {
  /** All that stands behind `node`, and of it the flags of Node itself. */
  readonly args: readonly string[];
  readonly flags: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** How `npm run worker` or `npm run portal` starts its process, as package.json says it. */
export function launchOf(name: "worker" | "portal"): Launch {
  const { scripts } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { scripts: Record<typeof name, string> };
  const words = scripts[name].split(" ");
  const node = words.indexOf("node");
  const args = words.slice(node + 1);
  return { args, flags: args.filter((word) => word.startsWith("--")), env: Object.fromEntries(words.slice(0, node).map((word) => word.split("=") as [string, string])) };
}

/**
 * Runs a TypeScript file in a process like the worker's; its last line is its result as JSON.
 * @throws Error with what it said when it fails
 */
export async function inWorkerProcess<T>(file: string, order: unknown): Promise<T> {
  const { flags, env } = launchOf("worker");
  const child = spawn(process.execPath, [...flags, file, JSON.stringify(order)], { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  let out = "";
  let errors = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`${file} failed:\n${errors || out}`);
  return JSON.parse(out.trim().split("\n").at(-1) ?? "null") as T;
}
