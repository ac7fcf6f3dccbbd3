import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { allFiles, read } from "./sources.ts";

const text = (file: string) => !/\.(png|jpe?g|ico|woff2?|ttf|webp|pdf|zip|gz)$/.test(file);

/** Where this machine downloads from: whoever clones the repository downloads from elsewhere. */
function ownHosts(): string[] {
  const npm = execFileSync("npm", ["config", "get", "registry", "--loglevel=silent"], { encoding: "utf8" });
  const folder = "/etc/apt/sources.list.d";
  const files = ["/etc/apt/sources.list", ...list(folder).map((name) => path.join(folder, name)), "/etc/pip.conf", path.join(process.env.HOME ?? "/", ".npmrc"), path.join(process.env.HOME ?? "/", ".config/pip/pip.conf")];
  const said = [npm, ...files.map(contents), ...Object.entries(process.env).filter(([name]) => /^(pip|uv|npm_config)_/i.test(name)).map(([, value]) => value ?? "")].join("\n");
  return [...said.matchAll(/https?:\/\/(?:[^/\s@]*@)?([\w.-]+\.\w+)/g)].map((match) => match[1] ?? "");
}

const list = (folder: string) => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};
const contents = (file: string) => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
};

// Written in two parts, or this file would be the first to be found.
const known = ["registry.npm" + "js.org", "registry.yarn" + "pkg.com", "npm.pkg.git" + "hub.com", "pypi." + "org", "files.python" + "hosted.org", "deb.debian." + "org", "archive.ubuntu." + "com", "ports.ubuntu." + "com"];

test("no committed file names a registry's host", () => {
  const hosts = [...new Set([...known, ...ownHosts()])].filter((host) => host !== "localhost" && !/^127\./.test(host));
  const naming = allFiles().filter(text).filter((file) => hosts.some((host) => read(file).includes(host)));
  expect(naming).toEqual([]);
});

test("no committed file names a place of the machine it was written on", () => {
  const places = new RegExp(`(^|[\\s"'\`=(])/(wo${""}rk|ro${""}ot|ho${""}me/\\w+)/`, "m");
  expect(allFiles().filter(text).filter((file) => places.test(read(file)))).toEqual([]);
});
