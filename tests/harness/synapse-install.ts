import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { access, mkdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { lastLine } from "./last-line.ts";
import { debianSynapse } from "./synapse-debian.ts";

export type Progress = (line: string) => void;

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "../..");

/** `older` (1.142.1, a year behind) exists as wheels only: Debian's packages know no other than theirs. */
const releases = { pinned: "synapse-requirements.txt", older: "synapse-older-requirements.txt" } as const;
export type SynapseRelease = keyof typeof releases;

/**
 * A Python that can run Synapse, kept outside `node_modules` so that it outlives an install.
 * First choice: wheels by hash from the Python registry; where that is out of reach, Debian's packages (the pinned release).
 * @returns path of the interpreter: `<it> -m synapse.app.homeserver -c …`
 * @throws Error with one sentence when neither way works
 */
export async function installSynapse(progress: Progress = () => undefined, release: SynapseRelease = "pinned"): Promise<string> {
  const lock = path.join(import.meta.dirname, releases[release]);
  const key = createHash("sha256").update(await readFile(lock)).digest("hex").slice(0, 12);
  const [wheels, packages] = [path.join(root, ".cache", `synapse-${key}`), path.join(root, ".cache", "synapse-debian")];
  const debian = release === "pinned";
  for (const python of [path.join(wheels, "bin/python"), ...(debian ? [path.join(packages, "bin/python")] : [])]) {
    if (await works(python)) return python;
  }
  const python = await findPython();
  const reasons: string[] = [];
  const ways = [() => fromWheels(python, lock, wheels, progress), ...(debian ? [() => debianSynapse(packages, progress)] : [])];
  for (const way of ways) {
    try {
      return await way();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      reasons.push(reason);
      progress(reason);
    }
  }
  throw new Error(`No Synapse could be installed. ${reasons.join(" ")}`);
}

async function works(python: string): Promise<boolean> {
  if (!(await access(python).then(() => true, () => false))) return false;
  return run(python, ["-c", "import synapse, psycopg2"]).then(() => true, () => false);
}

/** A Python with everything a virtual environment needs, or null. Debian ships `venv` apart from Python. */
async function findPython(): Promise<string | null> {
  const names = ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10", "python"];
  for (const name of names) {
    const fits = await run(name, ["-c", "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))"]).then(() => true, () => false);
    if (fits) return name;
  }
  return null;
}

async function fromWheels(python: string | null, lock: string, place: string, progress: Progress): Promise<string> {
  if (!python) throw new Error("Python 3.10 or newer with its venv module is missing (Debian and Ubuntu: `apt-get install python3-venv`).");
  progress(`Installing Synapse from the Python registry, by ${path.basename(lock)} (half a minute) …`);
  const half = `${place}.${process.pid}`;
  await mkdir(path.dirname(place), { recursive: true });
  try {
    await run(python, ["-m", "venv", half]);
    await run(path.join(half, "bin/python"), ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes", "--only-binary", ":all:", "-r", lock]);
    await rename(half, place);
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    throw new Error(`The Python registry did not give Synapse (is it reachable?): ${lastLine(error)}`, { cause: error });
  }
  return path.join(place, "bin/python");
}
