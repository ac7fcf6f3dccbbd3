import { createPublicKey, verify } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseFederationKey } from "#lib/matrix/federation-key.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import { openSafeFetch } from "#lib/matrix/safe-fetch.ts";
import { openTeller } from "#lib/matrix/teller-http.ts";
import { json, startFaultyServer, type FaultyServer, type Reply } from "#tests/fakes/faulty-server.ts";
import { startInternet, type FakeInternet } from "#tests/fakes/internet.ts";

const key = parseFederationKey("ed25519 a_one YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1") ?? expect.unreachable();
const ada = "@ada/ü:test.example" as Mxid;
const erase = "/_matrix/federation/v1/user/erase";
const contacts = json(200, { contacts: [{ role: "m.role.dpo", email_address: "dpo@far.example" }] });

let internet: FakeInternet;
let bridge: FaultyServer;
beforeEach(async () => {
  bridge = await startFaultyServer();
  internet = await startInternet(["far.example"]);
  internet.name("far.example", ["8.8.8.8"]);
});
afterEach(async () => {
  await internet.stop();
  await bridge.stop();
});

const teller = (by: typeof key | null = key) =>
  openTeller({ serverName: "test.example", appservices: [{ id: "bridge", url: bridge.url, hsToken: "their-word" }], key: by, fetch: openSafeFetch(internet.network), srv: internet.srv });
const tell = (name: string, by: typeof key | null = key) => teller(by).tell({ kind: "homeserver", name }, ada);
const federation = (reply: Reply, port = 8448) => internet.serve("8.8.8.8", port, { [erase]: reply });
const support = (reply: Reply) => internet.serve("8.8.8.8", 443, { "/.well-known/matrix/support": reply });

describe("telling an application service", () => {
  const tellBridge = () => teller().tell({ kind: "appservice", name: "bridge" }, ada);

  it("speaks with the homeserver's word for it, the person in the body alone", async () => {
    bridge.script(json(200, {}));
    await tellBridge();
    expect(bridge.requests).toEqual([{ method: "POST", path: "/_matrix/app/v1/users/erase", authorization: "Bearer their-word", body: JSON.stringify({ user_id: ada }) }]);
  });

  it.each([302, 400, 401, 403, 404, 405])("takes %i for not supported", async (status) => {
    bridge.script(json(status, { errcode: "M_UNRECOGNIZED" }));
    expect(await tellBridge()).toEqual({ is: "not_supported" });
  });
});

describe("telling another homeserver", () => {
  it("signs as the homeserver does, the person in the body alone", async () => {
    await federation(json(200, {}), 8449);
    expect(await tell("far.example:8449")).toEqual({ is: "acknowledged" });
    const [arrival] = internet.arrivals;
    expect(arrival).toMatchObject({ at: `https://8.8.8.8:8449${erase}`, host: "far.example:8449", method: "POST", body: JSON.stringify({ user_id: ada }) });
    const signature = /^X-Matrix origin="test\.example",destination="far\.example:8449",key="ed25519:a_one",sig="(.+)"$/.exec(arrival?.authorization ?? "")?.[1];
    const canonical = `{"content":{"user_id":"${ada}"},"destination":"far.example:8449","method":"POST","origin":"test.example","uri":"${erase}"}`;
    expect(verify(null, Buffer.from(canonical), createPublicKey(key.privateKey), Buffer.from(signature ?? "", "base64"))).toBe(true);
    expect(internet.arrivals.map(({ path }) => path).join()).not.toMatch(/ada/);
  });

  it.each([[404, {}], [405, {}], [400, { errcode: "M_UNRECOGNIZED" }], [403, {}], [301, {}]] as const)("asks by contact when it answers %i", async (status, body) => {
    await federation(json(status, body));
    await support(contacts);
    expect(await tell("far.example")).toEqual({ is: "by_contact", mail: "dpo@far.example" });
  });

  it("takes no web server's yes to everything for an acknowledgement", async () => {
    await federation((_request, response) => response.writeHead(200).end("<!doctype html>Welcome"));
    expect(await tell("far.example")).toEqual({ is: "not_supported" });
  });

  it("says not supported where nobody answers for the contact", async () => {
    await federation(json(404, {}));
    expect(await tell("far.example")).toEqual({ is: "not_supported" });
    await support(json(503, {}));
    expect(await tell("far.example")).toEqual({ is: "not_supported" });
  });

  it("sends nothing in the homeserver's name without its key", async () => {
    await federation(json(200, {}));
    await support(contacts);
    expect(await tell("far.example", null)).toEqual({ is: "by_contact", mail: "dpo@far.example" });
    expect(internet.dialled).toEqual(["8.8.8.8 443"]);
    await support(json(404, {}));
    expect(await tell("far.example", null)).toEqual({ is: "nobody" });
  });

  it("tries again later where nobody answers", async () => {
    for (const by of [key, null]) await expect(tell("far.example", by)).rejects.toMatchObject({ name: "OtherUnreachable" });
    await expect(tell("gone.example")).rejects.toMatchObject({ name: "OtherUnreachable" });
  });

  it("sends nothing to a private address, whichever way it is led there", async () => {
    internet.name("inside.example", ["127.0.0.1"]);
    internet.record("_matrix-fed._tcp.far.example", "inside.example", 8448);
    for (const name of ["127.0.0.1", "127.0.0.1:8448", "[::ffff:127.0.0.1]:8448", "169.254.169.254:443", "inside.example:8449", "far.example"]) {
      await internet.serve("8.8.8.8", 443, { "/.well-known/matrix/support": json(404, {}) });
      expect(await tell(name)).toEqual({ is: "nobody" });
    }
    await internet.serve("8.8.8.8", 443, { "/.well-known/matrix/server": json(200, { "m.server": "10.0.0.1:8448" }) });
    expect(await tell("far.example")).toEqual({ is: "nobody" });
    expect(new Set(internet.dialled)).toEqual(new Set(["8.8.8.8 443"]));
  });

  it("asks by contact where the server is led to a port that is not asked", async () => {
    internet.record("_matrix-fed._tcp.far.example", "far.example", 6379);
    await support(contacts);
    expect(await tell("far.example")).toEqual({ is: "by_contact", mail: "dpo@far.example" });
  });

  it("has nobody to ask under what is no name", async () => {
    for (const by of [key, null]) expect(await tell("no name", by)).toEqual({ is: "nobody" });
  });
});
