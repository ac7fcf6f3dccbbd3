import { mkdtemp, readFile } from "node:fs/promises";
import https from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "#lib/db/cluster.ts";
import { testPostgres } from "#tests/fixtures/db.ts";
import { startSynapse, type Synapse } from "#tests/harness/synapse.ts";

/** What every other test here stands on. */
let synapse: Synapse;
let federation = 0;
beforeAll(async () => {
  federation = await freePort();
  synapse = await startSynapse({
    serverName: `localhost:${federation}`,
    postgres: testPostgres(),
    database: "harness_synapse",
    dataDir: await mkdtemp(path.join(tmpdir(), "portal-harness-")),
    removeDataDir: true,
    ports: { federation },
    extraConfig: { max_upload_size: "3M" },
  });
});
afterAll(() => synapse.stop());

async function status(url: string, token: string): Promise<number> {
  return (await fetch(new URL(url, synapse.baseUrl), { headers: { authorization: `Bearer ${token}` } })).status;
}

test("registers people and administrators, and what they may do differs", async () => {
  const anna = await synapse.registerUser({ name: "anna", password: "x", displayName: "Anna" });
  const root = await synapse.registerUser({ name: "root", password: "x", admin: true });
  expect(anna.mxid).toBe(`@anna:localhost:${federation}`);
  expect(await status("/_matrix/client/v3/account/whoami", anna.accessToken)).toBe(200);
  expect(await status("/_synapse/admin/v2/users", anna.accessToken)).toBe(403);
  expect(await status("/_synapse/admin/v2/users", root.accessToken)).toBe(200);
});

test("lays the extra configuration over its own", async () => {
  const { accessToken } = await synapse.registerUser({ name: "ben", password: "x" });
  const answer = await fetch(new URL("/_matrix/client/v1/media/config", synapse.baseUrl), { headers: { authorization: `Bearer ${accessToken}` } });
  expect(await answer.json()).toEqual({ "m.upload.size": 3 * 1024 * 1024 });
});

test("speaks federation over TLS with a certificate of its own", async () => {
  const answer = await new Promise<string>((resolve, reject) => {
    https
      .get(`https://127.0.0.1:${federation}/_matrix/key/v2/server`, { rejectUnauthorized: false }, (response) => {
        response.setEncoding("utf8").on("data", resolve);
      })
      .on("error", reject);
  });
  expect(JSON.parse(answer)).toMatchObject({ server_name: synapse.serverName });
});

test("comes back after kill -9 with the same data on the same port", async () => {
  const { accessToken } = await synapse.registerUser({ name: "carla", password: "x" });
  await synapse.kill();
  await expect(fetch(`${synapse.baseUrl}/health`)).rejects.toThrow("fetch failed");
  await synapse.start();
  expect(await status("/_matrix/client/v3/account/whoami", accessToken)).toBe(200);
  expect(await readFile(synapse.logPath, "utf8")).toContain("Synapse now listening");
});

test("says why it does not come up", async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), "portal-harness-"));
  const broken = startSynapse({ serverName: "x.example", postgres: testPostgres(), database: "harness_synapse", dataDir, removeDataDir: true, extraConfig: "media_retention: nonsense\n" });
  await expect(broken).rejects.toThrow(/did not come up.*media_retention/s);
});
