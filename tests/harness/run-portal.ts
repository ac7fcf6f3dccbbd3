import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { launchOf } from "./worker-process.ts";

export interface PortalAnswer {
  readonly stdout: string;
  readonly stderr: string;
  /** Null when a signal ended it. */
  readonly code: number | null;
}

/** `npm run portal -- …` as its own process, with `env` and of ours only PATH. `act` may do something to it while it runs. */
export async function runPortal(args: readonly string[], env: Readonly<Record<string, string>>, act: (child: ChildProcess) => void = () => undefined): Promise<PortalAnswer> {
  const launch = launchOf("portal");
  const all = { PATH: process.env.PATH ?? "", ...launch.env, ...env };
  const child = spawn(process.execPath, [...launch.args, ...args], { env: all as Partial<NodeJS.ProcessEnv> as NodeJS.ProcessEnv, stdio: ["ignore", "pipe", "pipe"] });
  act(child);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close") as Promise<[number | null]>]);
  return { stdout, stderr, code };
}
