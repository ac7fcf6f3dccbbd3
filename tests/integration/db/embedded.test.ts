import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runningOn, stopCluster } from "#lib/db/cluster.ts";
import { ensureEmbedded } from "#lib/db/embedded.ts";

let dataDir = "";
beforeAll(async () => {
  // mkdtemp makes it 0700: exactly the folder under root's home that PostgreSQL's account cannot enter.
  dataDir = await mkdtemp(path.join(tmpdir(), "portal-embedded-"));
});
afterAll(async () => {
  const place = await realpath(path.join(dataDir, "postgres"));
  // A test that failed half-way leaves a server that would outlive us, as it is meant to.
  const left = await runningOn(place);
  if (left) await stopCluster(left.pid);
  await rm(place, { recursive: true, force: true });
  await rm(dataDir, { recursive: true, force: true });
});

async function ask<T>(url: string, text: string): Promise<T | undefined> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ answer: T }>(text);
  await client.end();
  return rows[0]?.answer;
}

/** Another process of the same data folder: prints the URL, leaves when told on its input. */
function neighbour() {
  const child = spawn(process.execPath, [path.resolve("tests/integration/db/embedded-neighbour.ts"), dataDir], { stdio: ["pipe", "pipe", "inherit"] });
  const url = once(child.stdout, "data").then(([chunk]) => String(chunk).trim());
  const leave = async () => {
    child.stdin.end();
    await once(child, "exit");
  };
  return { url, leave };
}

test("two processes that start at once share one server, and it ends with the last", async () => {
  const other = neighbour();
  const mine = await ensureEmbedded(dataDir);
  expect(await other.url).toBe(mine.url);
  await ask(mine.url, "CREATE TABLE kept AS SELECT 42 AS answer");
  await mine.stop();
  expect(await ask(mine.url, "SELECT answer FROM kept")).toBe(42);
  await other.leave();
  await expect(ask(mine.url, "SELECT 1 AS answer")).rejects.toThrow(/ECONNREFUSED/);
}, 90_000);

test("five that come at once to a server that is down all get the one that is started", async () => {
  const all = await Promise.all(Array.from({ length: 5 }, () => ensureEmbedded(dataDir)));
  expect(new Set(all.map(({ url }) => url)).size).toBe(1);
  for (const one of all) await one.stop();
  await expect(ask(all[0]?.url ?? "", "SELECT 1 AS answer")).rejects.toThrow(/ECONNREFUSED/);
});

test("the data outlive the server, which writes durably and listens on loopback only", async () => {
  const again = await ensureEmbedded(dataDir);
  try {
    expect(await ask(again.url, "SELECT answer FROM kept")).toBe(42);
    expect(await ask(again.url, "SELECT current_setting('fsync') || current_setting('synchronous_commit') AS answer")).toBe("onon");
    expect(await ask(again.url, "SELECT current_setting('listen_addresses') AS answer")).toBe("127.0.0.1");
    await expect(ask(again.url.replace(/:[^:@]*@/, ":guess@"), "SELECT 1 AS answer")).rejects.toThrow(/password/);
  } finally {
    await again.stop();
  }
});
