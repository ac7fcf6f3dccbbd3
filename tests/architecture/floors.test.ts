import { expect, test } from "vitest";
import { floors } from "./floors.ts";
import { read } from "./sources.ts";

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly resolved?: string }>>;
}
const lock = JSON.parse(read("package-lock.json")) as Lock;

/** Every copy in the tree, nested ones too. */
function installed(name: string): string[] {
  return Object.entries(lock.packages).filter(([place]) => place === `node_modules/${name}` || place.endsWith(`/node_modules/${name}`)).map(([, { version }]) => version ?? "0");
}

export function below(version: string, floor: string): boolean {
  const [a, b] = [version, floor].map((text) => text.split(/[.-]/).slice(0, 3).map(Number));
  for (let i = 0; i < 3; i += 1) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return version.includes("-") && !floor.includes("-");
}

test.each([
  ["16.4.5", "16.4.6", true],
  ["16.4.6", "16.4.6", false],
  ["16.10.0", "16.4.6", false],
  ["9.99.0", "10.0.0", true],
  ["16.4.6-canary.1", "16.4.6", true],
])("%s is below %s: %s", (version, floor, expected) => {
  expect(below(version, floor)).toBe(expected);
});

test.each(floors)("$name is at least $atLeast everywhere in the lock file, or waived for that one version", ({ name, atLeast, waiver }) => {
  const versions = installed(name);
  expect(versions).not.toEqual([]);
  expect(versions.filter((version) => below(version, atLeast) && version !== waiver?.installed)).toEqual([]);
});

test("a waiver that is no longer needed is gone", () => {
  const stale = floors.filter(({ name, waiver }) => waiver && !installed(name).includes(waiver.installed));
  expect(stale.map(({ name }) => name)).toEqual([]);
});

test("every dependency is named by one exact version", () => {
  const { dependencies, devDependencies } = JSON.parse(read("package.json")) as Record<string, Record<string, string>>;
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
  expect(loose).toEqual([]);
});

test("the lock file names no place to download from: each machine uses its own registry", () => {
  const tied = Object.entries(lock.packages).filter(([, entry]) => entry.resolved !== undefined && !entry.resolved.startsWith("file:"));
  expect(tied.map(([place]) => place)).toEqual([]);
});
