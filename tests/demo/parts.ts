import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { open, readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { endWithUs } from "#tests/harness/end-with-us.ts";
import { DemoStop } from "./options.ts";

export interface Part {
  readonly name: string;
  readonly log: string;
  /** Settles when the process has ended, whoever ended it. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** One of the portal's two processes, as production starts it, in a group of its own so that Ctrl-C reaches us first. */
export async function startPart(name: string, args: readonly string[], env: Readonly<Record<string, string>>, place: { root: string; logs: string }): Promise<Part> {
  const log = path.join(place.logs, `${name}.log`);
  const out = await open(log, "w");
  const PATH = `${path.join(place.root, "node_modules/.bin")}${path.delimiter}${process.env["PATH"] ?? ""}`;
  const child = spawn(process.execPath, args, { cwd: place.root, env: { ...process.env, PATH, ...env }, detached: true, stdio: ["ignore", out.fd, out.fd] });
  const ended = once(child, "exit").then(() => undefined);
  await once(child, "spawn");
  await out.close();
  endWithUs(child.pid ?? 0);
  return { name, log, ended, stop: () => end(child, ended) };
}

/** Politely, then not. */
async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  if (await Promise.race([ended.then(() => true), pause(15_000, false, { ref: false })])) return;
  child.kill("SIGKILL");
  await ended;
}

/** @throws DemoStop with the end of the log when the part ends, or takes longer than a minute, before `ready` says yes */
export async function whenReady(part: Part, ready: () => Promise<boolean>): Promise<void> {
  let over = false;
  void part.ended.then(() => (over = true));
  for (let waited = 0; waited < 60_000; waited += 150) {
    if (await ready().catch(() => false)) return;
    if (over) break;
    await pause(150);
  }
  throw new DemoStop(`The ${part.name} did not start; its log is ${part.log}:\n${await lastLines(part)}`);
}

export async function lastLines(part: Part): Promise<string> {
  return (await readFile(part.log, "utf8")).trim().split("\n").slice(-12).join("\n");
}
