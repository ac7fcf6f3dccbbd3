import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { workerConfig, type Env } from "#lib/config/config.ts";
import type { ConfigError } from "#lib/config/explain.ts";
import { openErasingPorts } from "#lib/runtime/erasing-ports.ts";
import { goodWorkerEnv } from "#tests/fixtures/env.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "ports-"));
  await writeFile(path.join(folder, "bridge.yaml"), "id: bridge\nurl: http://bridge:29318\nhs_token: a-secret-word\n");
  await writeFile(path.join(folder, "signing.key"), `ed25519 a_test ${"A".repeat(43)}\n`);
});
afterAll(() => rm(folder, { recursive: true }));

const at = (name: string) => path.join(folder, name);
const open = (env: Env) => openErasingPorts(workerConfig({ ...goodWorkerEnv, ...env }), () => new Date(0));
const problems = (env: Env) => {
  try {
    open(env);
  } catch (error) {
    return (error as ConfigError).problems.map(({ variable }) => variable);
  }
  return [];
};

it("erases through the one that has the accounts", () => {
  expect(open({}).eraser.authority).toBe("synapse");
  expect(open({ MAS_URL: "http://mas:8080", MAS_CLIENT_ID: "a", MAS_CLIENT_SECRET: "b" }).eraser.authority).toBe("mas");
});

it("knows who is to be told", () => {
  expect(open({}).teller.appservices).toEqual([]);
  expect(open({ APPSERVICES: at("bridge.yaml"), HOMESERVER_SIGNING_KEY: at("signing.key") }).teller.appservices).toEqual(["bridge"]);
});

it("does not start without a file it should have read, and repeats nothing of it", () => {
  for (const file of ["nothing.yaml", "signing.key"]) expect(problems({ APPSERVICES: at(file) })).toEqual(["APPSERVICES"]);
  expect(problems({ APPSERVICES: `${at("bridge.yaml")},${at("bridge.yaml")}` })).toEqual(["APPSERVICES"]);
  for (const file of ["nothing.key", "bridge.yaml"]) expect(problems({ HOMESERVER_SIGNING_KEY: at(file) })).toEqual(["HOMESERVER_SIGNING_KEY"]);
  expect(() => open({ HOMESERVER_SIGNING_KEY: at("bridge.yaml") })).not.toThrow(/a-secret-word/);
});

it("asks nobody at a private address, whatever the settings", async () => {
  const { teller } = open({});
  for (const name of ["127.0.0.1:8448", "169.254.169.254", "[::1]"]) {
    expect(await teller.tell({ kind: "homeserver", name }, "@ada:example.org" as never)).toEqual({ is: "nobody" });
  }
});
