import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { HomeserverUnavailable, type MediaId, type Mxid } from "#lib/matrix/homeserver.ts";
import { callJson } from "#lib/matrix/http.ts";
import { openFromServer } from "#lib/matrix/media.ts";
import { openHomeserver } from "#lib/matrix/synapse.ts";
import { drip, hangUp, huge, json, silent, startFaultyServer, truncated, type FaultyServer, type Reply } from "#tests/fakes/faulty-server.ts";

let server: FaultyServer;
beforeAll(async () => {
  server = await startFaultyServer();
});
afterAll(() => server.stop());

const ask = (path = "/x") => callJson(server.url + path, { timeoutMs: 400, maxBytes: 10_000, token: "secret-token" });
const failing = async (reply: Reply) => {
  server.script(reply);
  return ask().then(() => expect.unreachable(), (error: unknown) => error as HomeserverUnavailable);
};

describe("a request to the homeserver", () => {
  it.each<[string, Reply]>([
    ["never answers", silent],
    ["hangs up", hangUp],
    ["drips a byte at a time", drip(50)],
    ["sends far too much", huge(50_000_000)],
    ["sends a little too much", huge(20_000)],
    ["breaks off in the middle", truncated('{"a":"0123456789"}')],
    ["sends half a JSON document", json(200, undefined)],
    ["is in trouble", json(503, { errcode: "M_UNKNOWN" })],
  ])("counts as no answer when the server %s", async (_what, reply) => {
    const started = Date.now();
    const error = await failing(reply);
    expect(error.name).toBe("HomeserverUnavailable");
    expect(Date.now() - started).toBeLessThan(2_000);
    // Neither the path (it may hold a Matrix ID) nor the token may reach a log through an error.
    expect(`${error.message} ${String(error.stack)}`).not.toMatch(/127\.0\.0\.1|secret-token|\/x/);
  });

  it("follows no redirect", async () => {
    const error = await failing((_request, response) => response.writeHead(302, { location: `${server.url}/elsewhere` }).end());
    expect(error).toMatchObject({ name: "HomeserverRefused", status: 302 });
    expect(server.requests.at(-1)?.path).toBe("/x");
  });

  it("names the Matrix code of a refusal and nothing else of it", async () => {
    expect(await failing(json(403, { errcode: "M_FORBIDDEN", error: "@alice:hs.org may not" }))).toMatchObject({ status: 403, errcode: "M_FORBIDDEN", message: "homeserver refused: 403 M_FORBIDDEN" });
    expect(await failing(json(400, { errcode: "@alice:hs.org" }))).toMatchObject({ errcode: "UNKNOWN" });
  });

  it.each<[Record<string, string>, unknown, number | null]>([
    [{ "retry-after": "0" }, {}, 0],
    [{ "retry-after": "3600" }, {}, 3600],
    [{ "retry-after": "soon" }, {}, null],
    [{ "retry-after": "-5" }, {}, null],
    [{ "retry-after": "1e9" }, {}, null],
    [{ "retry-after": "Sat, 21 Nov 2026 10:05:00 GMT", date: "Sat, 21 Nov 2026 10:00:00 GMT" }, {}, 300],
    [{ "retry-after": "Sat, 21 Nov 2026 09:00:00 GMT", date: "Sat, 21 Nov 2026 10:00:00 GMT" }, {}, 0],
    [{}, { errcode: "M_LIMIT_EXCEEDED", retry_after_ms: 1500 }, 2],
    [{}, {}, null],
  ])("reads a pause from %j %j as %s seconds", async (headers, body, seconds) => {
    expect(await failing(json(429, body, headers))).toMatchObject({ name: "HomeserverUnavailable", afterSeconds: seconds });
  });
});

describe("Synapse's Admin API", () => {
  const account = { name: "@o=d d/ü:hs.org", displayname: "Ö", admin: 0, deactivated: 0, erased: false, locked: false, suspended: true, is_guest: 0, appservice_id: null, creation_ts: 1_700_000_000, threepids: [] as unknown[] };
  const open = () => openHomeserver({ url: server.url, token: "admin-token", timeoutMs: 400 });
  const mxid = account.name as Mxid;
  beforeEach(() => server.script(json(200, account)));

  it("asks with an escaped id and its token", async () => {
    expect(await open().account(mxid)).toMatchObject({ mxid, suspended: true, deactivated: false, createdAt: new Date("2023-11-14T22:13:20Z") });
    expect(server.requests.at(-1)).toMatchObject({ method: "GET", path: "/_synapse/admin/v2/users/%40o%3Dd%20d%2F%C3%BC%3Ahs.org", authorization: "Bearer admin-token" });
  });

  it("takes verified mail addresses only, oldest first", async () => {
    const threepid = (address: string, added_at: number, validated_at: number, medium = "email") => ({ medium, address, added_at, validated_at });
    server.script(json(200, { ...account, threepids: [threepid("new@x.org", 3, 3), threepid("old@x.org", 1, 1), threepid("never@x.org", 2, 0), threepid("491234", 1, 1, "msisdn")] }));
    expect((await open().account(mxid))?.mails).toEqual(["old@x.org", "new@x.org"]);
  });

  it("never takes another account for the one asked for", async () => {
    server.script(json(200, { ...account, name: "@someone:hs.org" }));
    await expect(open().account(mxid)).rejects.toThrow(HomeserverUnavailable);
  });

  it("takes an answer of another shape for no answer", async () => {
    server.script(json(200, { name: mxid }));
    await expect(open().account(mxid)).rejects.toThrow(HomeserverUnavailable);
  });

  it("asks again with the same transaction after an answer was lost, and learns the same event", async () => {
    const body = { text: "t", html: "h" };
    server.script(silent, json(200, { event_id: "$first" }));
    await expect(open().sendNotice(mxid, "letter-1", body)).rejects.toThrow(HomeserverUnavailable);
    expect(await open().sendNotice(mxid, "letter-1", body)).toEqual({ eventId: "$first" });
    const [lost, again] = server.requests.slice(-2);
    expect(again?.path).toBe("/_synapse/admin/v1/send_server_notice/letter-1");
    expect(again).toEqual(lost);
  });

  it("says when its token is no admin's", async () => {
    server.script(json(200, { user_id: "@admin:hs.org" }), json(200, { server_version: "1.163.2" }), json(403, { errcode: "M_FORBIDDEN" }));
    expect(await open().identify()).toEqual({ serverName: "hs.org", version: "1.163.2", admin: false });
  });
});

describe("a file from the homeserver", () => {
  const timing = { idleMs: 300, totalMs: 1_200 };
  const read = async (limits = timing) => {
    const file = await openFromServer(`${server.url}/media`, "t", limits);
    const chunks: Uint8Array[] = [];
    for await (const chunk of file?.content ?? []) chunks.push(chunk as Uint8Array);
    return Buffer.concat(chunks);
  };

  it("is missing, not broken, when the server has none", async () => {
    server.script(json(404, { errcode: "M_NOT_FOUND" }));
    expect(await openFromServer(`${server.url}/media`, "t", timing)).toBeNull();
  });

  const patient = { ...timing, totalMs: 60_000 };
  it.each<[string, Reply, typeof timing]>([
    ["is never begun", silent, patient],
    ["stops arriving", (_request, response) => void response.writeHead(200).write("half"), patient],
    ["is cut off", truncated("0123456789"), patient],
    ["drips for ever", drip(50), timing],
  ])("is an outage when it %s", async (_what, reply, limits) => {
    server.script(reply);
    const started = Date.now();
    await expect(read(limits)).rejects.toThrow(HomeserverUnavailable);
    expect(Date.now() - started).toBeLessThan(3_000);
  });

  it("is asked for under the name of the token's own server", async () => {
    server.script(json(200, { user_id: "@admin:localhost:8448" }), json(200, { any: "bytes" }));
    const file = await openHomeserver({ url: server.url, token: "t" }).openMedia("abcdefgh" as MediaId);
    expect(server.requests.at(-1)?.path).toBe("/_matrix/client/v1/media/download/localhost%3A8448/abcdefgh");
    file?.content.destroy();
  });
});
