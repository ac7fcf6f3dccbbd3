import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { access, mkdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { lastLine } from "./last-line.ts";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "../..");
const locks = ["validators-requirements.txt", "bagit-requirements.txt"].map((name) => path.join(import.meta.dirname, name));

/**
 * A Python with the official validators of BagIt and Data Package, every file by its hash, kept outside `node_modules`.
 * bagit is published as source only, so it is built with the setuptools of the same lock and nothing fetched beside it.
 * @returns path of the interpreter
 * @throws Error with one sentence: a test that cannot run must not pass
 */
export async function installValidators(): Promise<string> {
  const key = createHash("sha256").update(Buffer.concat(await Promise.all(locks.map((lock) => readFile(lock))))).digest("hex").slice(0, 12);
  const place = path.join(root, ".cache", `validators-${key}`);
  const python = path.join(place, "bin/python");
  if (await access(python).then(() => true, () => false)) return python;
  const half = `${place}.${process.pid}`;
  const pip = (...options: string[]) =>
    run(path.join(half, "bin/python"), ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes", ...options]);
  await mkdir(path.dirname(place), { recursive: true });
  const [wheels = "", source = ""] = locks;
  try {
    await run("python3", ["-m", "venv", half]);
    await pip("--only-binary", ":all:", "-r", wheels);
    await pip("--no-deps", "--no-build-isolation", "--no-binary", "bagit", "-r", source);
    await rename(half, place);
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    // Two runs at once: the other was faster.
    if (await access(python).then(() => true, () => false)) return python;
    throw new Error(`The validators of BagIt and Data Package could not be installed (python3 with venv, and the Python registry): ${lastLine(error)}`, { cause: error });
  }
  return python;
}
