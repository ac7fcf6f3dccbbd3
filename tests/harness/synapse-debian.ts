import { execFile } from "node:child_process";
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { lastLine } from "./last-line.ts";

const run = promisify(execFile);

/** The archives that carry Synapse at all: Debian's unstable suite, Ubuntu's development suite. */
const suites: Readonly<Record<string, { suite: string; components: string }>> = {
  debian: { suite: "sid", components: "main" },
  ubuntu: { suite: "devel", components: "main universe" },
};

/** The loader and library folders by machine, as Debian lays them out. */
const machines: Readonly<Record<string, { loader: string; triplet: string }>> = {
  x64: { loader: "usr/lib64/ld-linux-x86-64.so.2", triplet: "x86_64-linux-gnu" },
  arm64: { loader: "usr/lib/ld-linux-aarch64.so.1", triplet: "aarch64-linux-gnu" },
};

/**
 * Synapse from Debian's packages, unpacked into a folder: no root, nothing installed on the machine.
 * The distribution's own loader starts the distribution's own Python.
 * @throws Error with one sentence
 */
export async function debianSynapse(place: string, progress: (line: string) => void): Promise<string> {
  const machine = machines[process.arch];
  const source = await archive();
  if (!machine || !source) throw new Error("Debian's packages are no way out either: this is not Debian or Ubuntu with an archive in its apt sources.");
  progress("Installing Synapse from Debian's packages (about a minute) …");
  const half = `${place}.${process.pid}`;
  try {
    await mkdir(path.join(half, "tree"), { recursive: true });
    await download(half, source);
    for (const file of await readdir(path.join(half, "cache/archives"))) {
      if (file.endsWith(".deb")) await unpack(path.join(half, "cache/archives", file), path.join(half, "tree"));
    }
    await Promise.all(["cache", "state"].map((folder) => rm(path.join(half, folder), { recursive: true, force: true })));
    await writeLauncher(half, machine);
    await run(path.join(half, "bin/python"), ["-c", "import synapse, psycopg2"]);
    await rename(half, place);
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    throw new Error(`Debian's packages did not give Synapse: ${lastLine(error)}`, { cause: error });
  }
  return path.join(place, "bin/python");
}

/** The machine's own archive, as its apt sources name it. */
async function archive(): Promise<string | null> {
  const id = /^ID=(\w+)/m.exec(await readFile("/etc/os-release", "utf8").catch(() => ""))?.[1] ?? "";
  const suite = suites[id];
  if (!suite) return null;
  const folder = "/etc/apt/sources.list.d";
  const files = ["/etc/apt/sources.list", ...(await readdir(folder).catch(() => [])).map((name) => path.join(folder, name))];
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8").catch(() => "")));
  const address = texts
    .flatMap((text) => text.split("\n"))
    .filter((line) => /^(deb\s|URIs:)/.test(line))
    .flatMap((line) => line.match(/\bhttps?:\/\/\S+/g) ?? [])
    .find((uri) => new RegExp(`/${id}/?$`).test(uri));
  const keys = (await readdir("/usr/share/keyrings").catch(() => [])).find((name) => new RegExp(`^${id}-archive-keyring\\.(gpg|pgp)$`).test(name));
  return address && keys ? `deb [signed-by=/usr/share/keyrings/${keys}] ${address} ${suite.suite} ${suite.components}\n` : null;
}

async function download(place: string, source: string): Promise<void> {
  const at = (...parts: string[]) => path.join(place, ...parts);
  await Promise.all(["state/lists/partial", "cache/archives/partial"].map((folder) => mkdir(at(folder), { recursive: true })));
  // An empty status file: nothing counts as installed, so the whole closure is fetched.
  await writeFile(at("state/status"), "");
  await writeFile(at("state/sources.list"), source);
  const settings = [
    `Dir::State=${at("state")}`,
    `Dir::State::status=${at("state/status")}`,
    `Dir::Cache=${at("cache")}`,
    `Dir::Etc::sourcelist=${at("state/sources.list")}`,
    "Dir::Etc::sourceparts=/dev/null",
    // A mirror that lags behind says of itself that it has expired.
    "Acquire::Check-Valid-Until=false",
    "APT::Sandbox::User=",
    "APT::Install-Recommends=false",
    "Debug::NoLocking=1",
  ].flatMap((setting) => ["-o", setting]);
  const environment = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C" }, maxBuffer: 64 << 20 };
  await run("apt-get", [...settings, "-qq", "update"], environment);
  await run("apt-get", [...settings, "-qq", "-y", "--download-only", "install", "matrix-synapse", "python3-psycopg2"], environment);
}

async function unpack(file: string, tree: string): Promise<void> {
  const unwanted = ["./dev", "./usr/share/doc", "./usr/share/man", "./usr/share/locale"].map((folder) => `--exclude=${folder}`).join(" ");
  await run("/bin/sh", ["-c", `dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" --keep-directory-symlink --no-same-owner ${unwanted}`, "unpack", file, tree]);
}

async function writeLauncher(place: string, machine: { loader: string; triplet: string }): Promise<void> {
  const python = (await readdir(path.join(place, "tree/usr/bin"))).find((name) => /^python3\.\d+$/.test(name));
  if (!python) throw new Error("there is no Python among them");
  await mkdir(path.join(place, "bin"));
  const launcher = path.join(place, "bin/python");
  const script = `#!/bin/sh
tree="$(cd "$(dirname "$0")/../tree" && pwd)"
PYTHONHOME="$tree/usr" PYTHONPATH="$tree/usr/lib/python3/dist-packages" PYTHONDONTWRITEBYTECODE=1 \\
exec "$tree/${machine.loader}" --library-path "$tree/usr/lib/${machine.triplet}" "$tree/usr/bin/${python}" "$@"
`;
  await writeFile(launcher, script);
  await chmod(launcher, 0o755);
}
