import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Every file that is committed or about to be, relative to the root. */
export function allFiles(): string[] {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"], { encoding: "utf8" });
  const deleted = new Set(execFileSync("git", ["ls-files", "-z", "--deleted"], { encoding: "utf8" }).split("\0"));
  return listed.split("\0").filter((file) => file !== "" && !deleted.has(file));
}

/** Our own code in the given folders. */
export function sources(...folders: string[]): string[] {
  return allFiles().filter((file) => /\.(ts|tsx|mjs|cjs|css)$/.test(file) && (folders.length === 0 || folders.some((folder) => file.startsWith(`${folder}/`))));
}

export function read(file: string): string {
  return readFileSync(file, "utf8");
}
