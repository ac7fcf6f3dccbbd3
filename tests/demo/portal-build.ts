import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { open, readFile, readdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { DemoStop } from "./options.ts";
import type { Say } from "./progress.ts";

/** What the build is made of; everything else may change without a new one. */
const sources = ["app", "lib", "public", "proxy.ts", "instrumentation.ts", "next.config.mjs", "tsconfig.json", "package-lock.json", "prisma/schema.prisma"];

/** Builds the web part, unless the build that lies there is of exactly these sources. */
export async function ensureBuild(root: string, logs: string, say: Say, signal: AbortSignal): Promise<void> {
  const mark = path.join(root, ".next", "built-from");
  const now = await fingerprint(root);
  if ((await readFile(mark, "utf8").catch(() => "")) === now && (await exists(path.join(root, ".next/BUILD_ID")))) return;
  say("building the portal (half a minute) …");
  const log = path.join(logs, "build.log");
  const out = await open(log, "w");
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" as const };
  const build = spawn(process.execPath, [path.join(root, "node_modules/next/dist/bin/next"), "build"], { cwd: root, env, stdio: ["ignore", out.fd, out.fd], signal });
  const [code] = (await once(build, "exit")) as [number | null];
  await out.close();
  if (code !== 0) throw new DemoStop(`The build failed; its words are in ${log}:\n${(await readFile(log, "utf8")).trim().split("\n").slice(-15).join("\n")}`);
  await writeFile(mark, now);
  say("built");
}

async function fingerprint(root: string): Promise<string> {
  const hash = createHash("sha256");
  const add = async (file: string): Promise<void> => {
    const full = path.join(root, file);
    const found = await stat(full).catch(() => null);
    if (!found) return;
    if (!found.isDirectory()) hash.update(`${file}\0`).update(await readFile(full));
    else for (const name of (await readdir(full)).sort()) await add(path.join(file, name));
  };
  for (const source of sources) await add(source);
  return hash.digest("hex");
}

function exists(file: string): Promise<boolean> {
  return stat(file).then(() => true, () => false);
}
