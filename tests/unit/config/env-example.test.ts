import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { expect, it } from "vitest";
import { workerConfig } from "#lib/config/config.ts";
import { sharedEnv, workerEnv, workerOnly } from "#lib/config/env.ts";

const example = readFileSync(".env.example", "utf8");
const named = [...example.matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1]);

it("explains every variable once, and no other", () => {
  expect([...named].sort()).toEqual(Object.keys({ ...sharedEnv, ...workerEnv }).sort());
});

it("puts a comment above every variable", () => {
  const lines = example.split("\n");
  const bare = lines.filter((line, at) => {
    if (!/^#?[A-Z][A-Z0-9_]+=/.test(line)) return false;
    const above = lines.slice(0, at).reverse().find((other) => !/^#?[A-Z][A-Z0-9_]+=/.test(other));
    return !above?.startsWith("# ");
  });
  expect(bare).toEqual([]);
});

it("keeps the worker's own variables in their part", () => {
  const start = example.indexOf("# --- Worker only");
  expect(start).toBeGreaterThan(0);
  const inPart = [...example.slice(start).matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1]);
  expect(inPart.sort()).toEqual([...workerOnly].sort());
});

it("is right once its secrets are filled in", () => {
  const secrets = { PORTAL_SECRET: "x".repeat(32), PACKAGE_KEY: Buffer.alloc(32).toString("base64"), HOMESERVER_ADMIN_TOKEN: "t", SIGNING_KEY: Buffer.alloc(32, 1).toString("base64") };
  expect(workerConfig({ ...parseEnv(example), ...secrets }).policy.serverName).toBe("example.org");
  const uncommented = example.replace(/^#(?=[A-Z][A-Z0-9_]+=.)/gm, "");
  expect(workerConfig({ ...parseEnv(uncommented), ...secrets, S3_ACCESS_KEY_ID: "a", S3_SECRET_ACCESS_KEY: "b", MAS_CLIENT_ID: "c", MAS_CLIENT_SECRET: "d" }).storage.place).toMatchObject({ type: "s3", bucket: "privacy-packages" });
});
