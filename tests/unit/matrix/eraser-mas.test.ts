import { afterEach, beforeEach, expect, it } from "vitest";
import { openMasEraser } from "#lib/matrix/eraser-mas.ts";
import { openEraser } from "#lib/matrix/eraser-synapse.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import { openMas } from "#lib/matrix/mas.ts";
import { json, startFaultyServer, type FaultyServer } from "#tests/fakes/faulty-server.ts";
import { startMas, type FakeMas } from "#tests/fakes/mas.ts";
import { testClock } from "#tests/fixtures/clock.ts";

let mas: FakeMas;
let synapse: FaultyServer;
const clock = testClock();
const ada = "@ada/one:test.example" as Mxid;
beforeEach(async () => {
  synapse = await startFaultyServer();
  mas = await startMas(() => ({ url: synapse.url, secret: "shared" }));
});
afterEach(async () => {
  await mas.stop();
  await synapse.stop();
});

const eraser = () => {
  const service = openMas({ url: mas.url, clientId: mas.clientId, clientSecret: mas.clientSecret, now: clock.now });
  return openMasEraser(service, openEraser({ url: synapse.url, token: "admin-token", now: clock.now }), clock.now);
};
const tokensAsked = () => mas.requests.filter((each) => each === "POST /oauth2/token").length;
const deletions = () => synapse.requests.filter(({ path }) => path === "/_synapse/mas/delete_user");

it("queues the deactivation, which reaches Synapse when the service gets to it", async () => {
  mas.addUser("ada/one");
  expect(await eraser().deactivate(ada)).toEqual({ unbind: "not-told" });
  expect([mas.users.get("ada/one")?.deactivated, deletions().length]).toEqual([true, 0]);
  synapse.script(json(200, {}));
  await mas.runJobs();
  expect(deletions()).toMatchObject([{ authorization: "Bearer shared", body: '{"localpart":"ada/one","erase":true}' }]);
});

it("keeps it queued while Synapse is down, and queues it anew when asked again", async () => {
  mas.addUser("ada/one");
  await eraser().deactivate(ada);
  synapse.script(json(503, {}));
  await mas.runJobs();
  expect(mas.jobs).toEqual(["ada/one"]);
  await eraser().deactivate(ada);
  synapse.script(json(200, {}));
  await mas.runJobs();
  expect(mas.jobs).toEqual([]);
});

it("is unavailable while the service is down, although Synapse is up", async () => {
  mas.addUser("ada/one");
  synapse.script(json(200, { name: ada }));
  for (const status of [500, 503, 429]) {
    mas.down(status);
    for (const ask of [() => eraser().deactivate(ada), () => eraser().lock(ada), () => eraser().actAs(ada), () => eraser().clearIdentities(ada)]) {
      await expect(ask()).rejects.toMatchObject({ name: "HomeserverUnavailable" });
    }
  }
  expect(synapse.requests).toEqual([]);
});

it("uses a token until it ends, and asks for one more when the service has forgotten it", async () => {
  mas.addUser("ada/one");
  const one = eraser();
  await one.deactivate(ada);
  await one.deactivate(ada);
  expect(tokensAsked()).toBe(1);
  clock.advance(5 * 60_000);
  await one.deactivate(ada);
  expect(tokensAsked()).toBe(2);
  mas.forgetTokens();
  await one.deactivate(ada);
  expect(tokensAsked()).toBe(3);
});

it("reports a client that the service does not accept, without asking again and again", async () => {
  const service = openMas({ url: mas.url, clientId: mas.clientId, clientSecret: "wrong", now: clock.now });
  await expect(service.userId(ada)).rejects.toMatchObject({ name: "HomeserverRefused", status: 401 });
  expect(mas.requests).toEqual(["POST /oauth2/token"]);
});

it("refuses an account the service does not have, or has under another name", async () => {
  await expect(eraser().deactivate(ada)).rejects.toMatchObject({ name: "HomeserverRefused", status: 404 });
  const folding = openMas({ url: synapse.url, clientId: "a", clientSecret: "b", now: clock.now });
  synapse.script(json(200, { access_token: "t", expires_in: 300 }), json(200, { data: { id: "01FSHN9AG0MZAA6S4AF7CTV32E", attributes: { username: "Ada/One" } } }));
  await expect(folding.userId(ada)).rejects.toMatchObject({ name: "HomeserverRefused", status: 404 });
});

it("removes every link to an identity elsewhere, and Synapse's own", async () => {
  mas.addUser("ada/one", 25);
  synapse.script(json(200, { name: ada }));
  await eraser().clearIdentities(ada);
  expect(mas.users.get("ada/one")?.links).toEqual([]);
  expect(synapse.requests.at(-1)).toMatchObject({ method: "PUT", body: '{"external_ids":[]}' });
});

it("stops where the service keeps a link", async () => {
  const keeps = openMas({ url: synapse.url, clientId: "a", clientSecret: "b", now: clock.now });
  const list = json(200, { data: [{ id: "01LINK" }] });
  synapse.script(json(200, { access_token: "t", expires_in: 300 }), json(200, { data: { id: "01FSHN9AG0MZAA6S4AF7CTV32E", attributes: { username: "ada/one" } } }), list, json(404, {}), list);
  const one = openMasEraser(keeps, openEraser({ url: synapse.url, token: "admin-token", now: clock.now }), clock.now);
  await expect(one.clearIdentities(ada)).rejects.toMatchObject({ name: "HomeserverUnavailable" });
});

it("does not mind a session that somebody else has ended", async () => {
  mas.addUser("ada/one");
  synapse.script(json(200, {}));
  const puppet = await eraser().actAs(ada);
  mas.endSessions();
  await puppet.close();
  expect(mas.requests.at(-1)).toMatch(/\/revoke$/);
});

it("locks the account in both places", async () => {
  mas.addUser("ada/one");
  synapse.script(json(200, { name: ada }));
  await eraser().lock(ada);
  expect(mas.users.get("ada/one")?.locked).toBe(true);
  expect(synapse.requests.at(-1)).toMatchObject({ method: "PUT", body: '{"locked":true}' });
});

it("acts as the person through a session of its own, without a device and without transactions, and revokes it", async () => {
  mas.addUser("ada/one");
  synapse.script(json(200, {}));
  const puppet = await eraser().actAs(ada);
  await puppet.redact("!r:test.example" as never, "$e", "t");
  await puppet.redact("!r:test.example" as never, "$e", "t");
  expect(mas.openSessions()).toBe(1);
  await puppet.close();
  expect(mas.openSessions()).toBe(0);
  expect(synapse.requests.filter(({ path }) => path.startsWith("/_matrix"))).toMatchObject([{ method: "POST", path: "/_matrix/client/v3/rooms/!r%3Atest.example/redact/%24e", authorization: expect.stringMatching(/^Bearer mpt_/) as unknown }]);
});
