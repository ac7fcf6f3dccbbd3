import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { openEraser } from "#lib/matrix/eraser-synapse.ts";
import { eraserContract } from "#tests/contract/eraser.ts";
import { testPostgres } from "#tests/fixtures/db.ts";
import { startSynapse } from "#tests/harness/synapse.ts";
import { logIn, matrixClient } from "#tests/world/client.ts";
import { seg } from "#tests/world/http.ts";
import { eraserStage } from "./eraser-stage.ts";

eraserContract("Synapse", async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), "eraser-"));
  const synapse = await startSynapse({ serverName: "localhost:8448", postgres: testPostgres(), database: `eraser_${process.pid}`, dataDir, removeDataDir: true });
  const register = async (name: string, more: { admin?: boolean } = {}) =>
    matrixClient({ baseUrl: synapse.baseUrl, ...(await synapse.registerUser({ name, password: "elderflower", displayName: `Name of ${name}`, ...more })) });
  const admin = await register("admin", { admin: true });
  const change = (mxid: string, body: unknown) => admin.call("PUT", `/_synapse/admin/v2/users/${seg(mxid)}`, body);

  return eraserStage({
    synapse,
    eraser: openEraser({ url: synapse.baseUrl, token: admin.accessToken, now: () => new Date() }),
    adminToken: admin.accessToken,
    owner: await register("owner"),
    async newPerson(localpart) {
      const client = await register(localpart);
      await logIn(synapse.baseUrl, client.mxid, "elderflower", { name: "second" });
      await change(client.mxid, { threepids: [{ medium: "email", address: `${localpart.replaceAll(/\W/g, "-")}@example.org` }] });
      return client;
    },
    addExternalId: async (mxid) => void (await change(mxid, { external_ids: [{ auth_provider: "oidc-test", external_id: mxid }] })),
  });
});
