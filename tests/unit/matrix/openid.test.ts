import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DomainError } from "#lib/errors.ts";
import { verifyOpenIdToken } from "#lib/matrix/openid.ts";
import { drip, huge, json, silent, startFaultyServer, type FaultyServer, type Reply } from "#tests/fakes/faulty-server.ts";

let server: FaultyServer;
beforeAll(async () => {
  server = await startFaultyServer();
});
afterAll(() => server.stop());

const verify = (reply: Reply, token = "tok/en+1", serverName = "hs.org") => {
  server.script(reply);
  return verifyOpenIdToken({ baseUrl: server.url, serverName, token, timeoutMs: 400 });
};
const refusedAs = (code: string, reason: string) => expect.objectContaining({ name: "DomainError", code, reason }) as DomainError;

describe("whose OpenID token is this", () => {
  it("asks the configured homeserver", async () => {
    expect(await verify(json(200, { sub: "@Alice:hs.org" }))).toBe("@Alice:hs.org");
    expect(server.requests.at(-1)?.path).toBe("/_matrix/federation/v1/openid/userinfo?access_token=tok%2Fen%2B1");
  });

  it("takes a server name with a port", async () => {
    expect(await verify(json(200, { sub: "@alice:localhost:8448" }), "t", "localhost:8448")).toBe("@alice:localhost:8448");
  });

  it.each(["@victim:other.org", "@victim:HS.org", "@victim:hs.org:8448", "@victim:hs.org ", "@victim:evil.hs.org", "@a:evil.org:hs.org", "victim", "", "@victim:hs.org\u0000"])(
    "refuses the subject %j: not exactly of our server",
    async (sub) => {
      await expect(verify(json(200, { sub }))).rejects.toEqual(refusedAs("forbidden", "openid_wrong_server"));
    },
  );

  it("refuses a token the homeserver does not know", async () => {
    await expect(verify(json(401, { errcode: "M_UNKNOWN_TOKEN" }))).rejects.toEqual(refusedAs("forbidden", "openid_refused"));
  });

  it.each(["", "a b", "a\r\nb", "x".repeat(513)])("does not even ask for a token that cannot be one: %j", async (token) => {
    const before = server.requests.length;
    await expect(verify(json(200, { sub: "@alice:hs.org" }), token)).rejects.toEqual(refusedAs("forbidden", "openid_refused"));
    expect(server.requests).toHaveLength(before);
  });

  it("goes nowhere a redirect points", async () => {
    const redirect: Reply = (_request, response) => response.writeHead(302, { location: `${server.url}/metadata` }).end();
    await expect(verify(redirect)).rejects.toEqual(refusedAs("forbidden", "openid_refused"));
    expect(server.requests.at(-1)?.path).toContain("userinfo");
  });

  it.each<[string, Reply]>([
    ["is silent", silent],
    ["drips", drip(200)],
    ["sends megabytes", huge(5_000_000)],
    ["is in trouble", json(502, {})],
    ["answers something else", json(200, { user: "@alice:hs.org" })],
  ])("says that the homeserver is unavailable when it %s", async (_what, reply) => {
    await expect(verify(reply)).rejects.toEqual(refusedAs("unavailable", "homeserver_unavailable"));
  });
});
