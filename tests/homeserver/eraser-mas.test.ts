import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { openMasEraser } from "#lib/matrix/eraser-mas.ts";
import { openEraser } from "#lib/matrix/eraser-synapse.ts";
import { openMas } from "#lib/matrix/mas.ts";
import { localpartOf } from "#lib/matrix/mxid.ts";
import { eraserContract } from "#tests/contract/eraser.ts";
import { startMas } from "#tests/fakes/mas.ts";
import { testPostgres } from "#tests/fixtures/db.ts";
import { startSynapse, type Synapse } from "#tests/harness/synapse.ts";
import { matrixClient } from "#tests/world/client.ts";
import { caller } from "#tests/world/http.ts";
import { eraserStage } from "./eraser-stage.ts";

const secret = "known-to-both-for-tests-only";
const api = "urn:matrix:client:api:*";

// The service is a fake; what it is asked by a real Synapse, and what it asks of it, is real.
eraserContract("Synapse under a Matrix Authentication Service", async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), "eraser-mas-"));
  let synapse: Synapse | null = null;
  const mas = await startMas(() => ({ url: synapse?.baseUrl ?? "", secret }), "at once");
  const extraConfig = { matrix_authentication_service: { enabled: true, endpoint: `${mas.url}/`, secret }, password_config: { enabled: false } };
  const started = await startSynapse({ serverName: "localhost:8448", postgres: testPostgres(), database: `eraser_mas_${process.pid}`, dataDir, removeDataDir: true, extraConfig });
  synapse = started;
  const asMas = caller(started.baseUrl, secret);

  async function provision(localpart: string, scope: string) {
    mas.addUser(localpart);
    await asMas("POST", "/_synapse/mas/provision_user", { localpart, set_displayname: `Name of ${localpart}`, set_emails: [`${localpart.replaceAll(/\W/g, "-")}@example.org`] });
    for (const device of ["FIRST", "SECOND"]) await asMas("POST", "/_synapse/mas/upsert_device", { localpart, device_id: device });
    const accessToken = mas.addToken(localpart, `${scope} urn:matrix:client:device:FIRST`);
    return matrixClient({ baseUrl: started.baseUrl, mxid: `@${localpart}:localhost:8448`, accessToken, deviceId: "FIRST" });
  }

  const now = () => new Date();
  const admin = await provision("admin", `${api} urn:synapse:admin:*`);
  const service = openMas({ url: mas.url, clientId: mas.clientId, clientSecret: mas.clientSecret, now });
  const stage = await eraserStage({
    synapse: started,
    eraser: openMasEraser(service, openEraser({ url: started.baseUrl, token: admin.accessToken, now }), now),
    adminToken: admin.accessToken,
    owner: await provision("owner", api),
    newPerson: (localpart) => provision(localpart, api),
    addExternalId: (mxid) => Promise.resolve(void mas.users.get(localpartOf(mxid))?.links.push("01LINKOFTHISPERSON00000001")),
    otherExternalIds: (mxid) => mas.users.get(localpartOf(mxid))?.links.length ?? 0,
  });
  return {
    ...stage,
    async stop() {
      await stage.stop();
      await mas.stop();
    },
  };
});
