import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readFederationKey, xMatrix, type Signed } from "#lib/matrix/federation-key.ts";
import type { MediaId, Mxid } from "#lib/matrix/homeserver.ts";
import { verifyOpenIdToken } from "#lib/matrix/openid.ts";
import { openHomeserver } from "#lib/matrix/synapse.ts";
import { homeserverContract } from "#tests/contract/homeserver.ts";
import { testPostgres } from "#tests/fixtures/db.ts";
import { formSecret } from "#tests/harness/synapse-config.ts";
import { startSynapse, type Synapse } from "#tests/harness/synapse.ts";

let synapse: Synapse;
let admin: Person;
let dataDir: string;

interface Person {
  readonly mxid: Mxid;
  readonly accessToken: string;
}

async function register(name: string, more: { admin?: boolean; displayName?: string } = {}): Promise<Person> {
  const { mxid, accessToken } = await synapse.registerUser({ name, password: "correct horse", ...more });
  return { mxid: mxid as Mxid, accessToken };
}

/** A plain request with somebody's token, past the adapter under test. */
async function ask(person: Person, method: string, at: string, body?: unknown): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${person.accessToken}`, "content-type": "application/octet-stream" };
  const response = await fetch(synapse.baseUrl + at, { method, headers, ...(body === undefined ? {} : { body: body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body) }) });
  if (!response.ok) throw new Error(`${method} ${at}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}

const asAdmin = (method: string, at: string, body?: unknown) => ask(admin, method, `/_synapse/admin/${at}`, body);

/** Texts in the room that the homeserver's notices come in. */
async function noticesOf(person: Person): Promise<string[]> {
  const { joined_rooms: rooms } = (await ask(person, "GET", "/_matrix/client/v3/joined_rooms")) as { joined_rooms: string[] };
  const texts: string[] = [];
  for (const room of rooms) {
    const { chunk } = (await ask(person, "GET", `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/messages?dir=f&limit=100`)) as { chunk: { type: string; content: { body: string } }[] };
    texts.push(...chunk.filter((event) => event.type === "m.room.message").map((event) => event.content.body));
  }
  return texts;
}

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "adapter-"));
  synapse = await startSynapse({ serverName: "localhost:8448", postgres: testPostgres(), database: `adapter_${process.pid}`, dataDir, consent: true });
  admin = await register("admin", { admin: true });
});
afterAll(async () => {
  await synapse.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const everyByte = Uint8Array.from({ length: 256 }, (_, at) => at);

async function upload(person: Person): Promise<MediaId> {
  const { content_uri: uri } = (await ask(person, "POST", "/_matrix/media/v3/upload?filename=a.bin", everyByte)) as { content_uri: string };
  return uri.split("/").at(-1) as MediaId;
}

homeserverContract("Synapse", async () => {
  const people = { ada: await register("ada", { displayName: "Ada ✨" }), suspended: await register("suspended"), locked: await register("locked"), deactivated: await register("deactivated"), odd: await register("o=d/d+1") };
  const id = (name: keyof typeof people) => encodeURIComponent(people[name].mxid);
  await asAdmin("PUT", `v2/users/${id("ada")}`, { threepids: [{ medium: "email", address: "ada@example.org" }] });
  await asAdmin("PUT", `v1/suspend/${id("suspended")}`, { suspend: true });
  await asAdmin("PUT", `v2/users/${id("locked")}`, { locked: true });
  await asAdmin("POST", `v1/deactivate/${id("deactivated")}`, { erase: false });
  return {
    homeserver: openHomeserver({ url: synapse.baseUrl, token: admin.accessToken }),
    serverName: "localhost:8448",
    formSecret,
    ada: people.ada.mxid,
    suspended: people.suspended.mxid,
    locked: people.locked.mxid,
    deactivated: people.deactivated.mxid,
    odd: people.odd.mxid,
    media: await upload(people.ada),
    noticesOf: (mxid) => noticesOf(Object.values(people).find((person) => person.mxid === mxid) ?? expect.unreachable()),
    stop: () => Promise.resolve(),
  };
});

describe("Synapse", () => {
  it("gives the same bytes from its mounted media store as over the wire", async () => {
    const mediaId = await upload(await register("painter"));
    for (const mediaStore of [null, path.join(dataDir, "media"), path.join(dataDir, "elsewhere")]) {
      const file = await openHomeserver({ url: synapse.baseUrl, token: admin.accessToken, mediaStore }).openMedia(mediaId);
      expect(await buffer(file?.content ?? Readable.from([]))).toEqual(Buffer.from(everyByte));
    }
  });

  it("lets nobody but an admin look at accounts", async () => {
    const nobody = await register("nobody-special");
    const homeserver = openHomeserver({ url: synapse.baseUrl, token: nobody.accessToken });
    await expect(homeserver.account(admin.mxid)).rejects.toMatchObject({ name: "HomeserverRefused", status: 403, errcode: "M_FORBIDDEN" });
    expect(await homeserver.identify()).toMatchObject({ admin: false });
    const revoked = openHomeserver({ url: synapse.baseUrl, token: "not-a-token" });
    await expect(revoked.account(admin.mxid)).rejects.toMatchObject({ name: "HomeserverRefused", status: 401, errcode: "M_UNKNOWN_TOKEN" });
  });

  it("vouches for the holder of an OpenID token, and for nobody with a made-up one", async () => {
    const eve = await register("Eve".toLowerCase());
    const { access_token: token } = await ask(eve, "POST", `/_matrix/client/v3/user/${encodeURIComponent(eve.mxid)}/openid/request_token`, {});
    const check = { baseUrl: synapse.baseUrl, serverName: "localhost:8448" };
    expect(await verifyOpenIdToken({ ...check, token: String(token) })).toBe(eve.mxid);
    await expect(verifyOpenIdToken({ ...check, token: "made-up" })).rejects.toMatchObject({ code: "forbidden", reason: "openid_refused" });
    await expect(verifyOpenIdToken({ ...check, serverName: "localhost", token: String(token) })).rejects.toMatchObject({ reason: "openid_wrong_server" });
  });

  it("takes what is signed with its key for its own, and nothing that was signed for something else", async () => {
    const key = readFederationKey(path.join(dataDir, "signing.key")) ?? expect.unreachable();
    const uri = `/_matrix/federation/v1/query/profile?user_id=${encodeURIComponent(admin.mxid)}`;
    const ask = async (signed: Partial<Signed>) => {
      const authorization = xMatrix(key, { method: "GET", uri, origin: "localhost:8448", destination: "localhost:8448", ...signed });
      return (await fetch(synapse.baseUrl + uri, { headers: { authorization } })).status;
    };
    expect([await ask({}), await ask({ method: "POST" }), await ask({ uri: "/" }), await ask({ content: {} })]).toEqual([200, 401, 401, 401]);
  });

  it("is unavailable while it is down and itself again afterwards", async () => {
    const homeserver = openHomeserver({ url: synapse.baseUrl, token: admin.accessToken, timeoutMs: 3_000 });
    await synapse.stop();
    await expect(homeserver.account(admin.mxid)).rejects.toMatchObject({ name: "HomeserverUnavailable" });
    await synapse.start();
    expect(await homeserver.account(admin.mxid)).toMatchObject({ admin: true });
  });
});
