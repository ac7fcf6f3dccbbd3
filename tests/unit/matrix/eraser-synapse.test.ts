import { afterEach, beforeEach, expect, it } from "vitest";
import { openEraser } from "#lib/matrix/eraser-synapse.ts";
import type { Mxid, RoomId } from "#lib/matrix/homeserver.ts";
import { json, startFaultyServer, type FaultyServer, type Reply } from "#tests/fakes/faulty-server.ts";
import { testClock } from "#tests/fixtures/clock.ts";

let server: FaultyServer;
const clock = testClock();
const ada = "@o=d/d one:test.example" as Mxid;
const room = "!a/b:test.example" as RoomId;
beforeEach(async () => {
  server = await startFaultyServer();
});
afterEach(() => server.stop());

const eraser = () => openEraser({ url: server.url, token: "admin-token", now: clock.now });
/** What stands before every puppet: a token is made, the account is looked at, its limits are lifted. */
const puppetOf = async (...replies: readonly Reply[]) => {
  server.script(json(200, { access_token: "one" }), json(200, { name: ada, shadow_banned: false }), json(200, {}), ...replies);
  return eraser().actAs(ada);
};
const asked = () => server.requests.map(({ method, path }) => `${method} ${path}`);

it("escapes every id and speaks as the admin", async () => {
  server.script(json(200, { joined_rooms: [room] }));
  expect(await eraser().joinedRooms(ada)).toEqual([room]);
  expect(server.requests).toMatchObject([{ path: "/_synapse/admin/v1/users/%40o%3Dd%2Fd%20one%3Atest.example/joined_rooms", authorization: "Bearer admin-token" }]);
});

it("never asks for a redaction without rooms, which would mean those they are in now", async () => {
  await expect(eraser().startRedaction(ada, [], 10)).rejects.toThrow(TypeError);
  expect(server.requests).toEqual([]);
});

it("takes Synapse's refusal of a second run for one that is running, and no other refusal", async () => {
  const start = (answer: Parameters<typeof json>) => {
    server.script(json(200, { scheduled_tasks: [{ action: "redact_all_events", status: "complete" }] }), json(...answer));
    return eraser().startRedaction(ada, [room], 10);
  };
  expect(await start([400, { errcode: "M_UNKNOWN", error: "Redact already in progress for user" }])).toBeNull();
  await expect(start([400, { errcode: "M_BAD_JSON" }])).rejects.toMatchObject({ name: "HomeserverRefused", status: 400 });
  await expect(start([403, { errcode: "M_FORBIDDEN" }])).rejects.toMatchObject({ name: "HomeserverRefused", status: 403 });
});

it("starts no run while one is scheduled or active, which Synapse alone would allow", async () => {
  for (const status of ["scheduled", "active"]) {
    server.script(json(200, { scheduled_tasks: [{ action: "redact_all_events", status }] }), json(200, { redact_id: "second" }));
    expect(await eraser().startRedaction(ada, [room], 10)).toBeNull();
  }
  expect(asked().filter((each) => each.startsWith("POST"))).toEqual([]);
});

it("says what failed with the homeserver's words", async () => {
  server.script(json(200, { status: "complete", failed_redactions: { $a: "403: no" } }));
  expect(await eraser().redaction("run/1")).toEqual({ state: "complete", failed: new Map([["$a", "403: no"]]) });
  for (const status of ["scheduled", "active"]) {
    server.script(json(200, { status }));
    expect(await eraser().redaction("run")).toEqual({ state: "running", failed: new Map() });
  }
  server.script(json(200, { status: "who knows" }));
  await expect(eraser().redaction("run")).rejects.toMatchObject({ name: "HomeserverUnavailable" });
});

it("makes no account by changing one that is not there", async () => {
  server.script(json(404, { errcode: "M_NOT_FOUND" }));
  for (const change of [eraser().lock(ada), eraser().clearIdentities(ada)]) await expect(change).rejects.toMatchObject({ name: "HomeserverRefused", status: 404 });
  expect(server.requests.map(({ method }) => method)).toEqual(["GET", "GET"]);
});

it("looks behind files that cannot be deleted", async () => {
  server.script(json(200, { total: 150 }), json(200, { deleted_media: [], total: 0 }), json(200, { deleted_media: ["b"], total: 1 }));
  expect(await eraser().deleteMedia(ada)).toEqual(["b"]);
  server.script(json(200, { total: 100 }), json(200, { deleted_media: [], total: 0 }));
  expect(await eraser().deleteMedia(ada)).toEqual([]);
  expect(asked().filter((each) => each.startsWith("DELETE")).map((each) => each.split("?")[1])).toEqual(["limit=100&from=0", "limit=100&from=100", "limit=100&from=0"]);
});

it("waits for the purge that runs, and starts none while somebody of ours is in", async () => {
  server.script(json(200, { members: ["@far:elsewhere.example"] }), json(200, { user_id: "@admin:test.example" }), json(200, { results: [{ delete_id: "first", status: "active" }] }));
  expect(await eraser().startPurge(room)).toBe("first");
  server.script(json(200, { members: ["@near:test.example"] }), json(200, { user_id: "@admin:test.example" }), json(200, { delete_id: "no" }));
  await expect(eraser().startPurge(room)).rejects.toMatchObject({ name: "HomeserverRefused", status: 409 });
  expect(asked().filter((each) => each.startsWith("DELETE"))).toEqual([]);
});

it("passes on what an identity server's refusal means: nothing has happened", async () => {
  server.script(json(400, { errcode: "M_UNKNOWN", error: "Failed to remove threepid from ID server" }));
  await expect(eraser().deactivate(ada)).rejects.toMatchObject({ name: "HomeserverRefused", status: 400 });
  server.script(json(200, { id_server_unbind_result: "no-support" }));
  expect(await eraser().deactivate(ada)).toEqual({ unbind: "no-support" });
});

it("changes the puppet's token before it ends, and ends each", async () => {
  const puppet = await puppetOf(json(200, {}), json(200, { access_token: "two" }), json(200, {}));
  await puppet.redact(room, "$a", "t");
  clock.advance(29.5 * 60_000);
  await puppet.redact(room, "$b", "t");
  await puppet.close();
  expect(server.requests.filter(({ path }) => !/override|v2/.test(path)).map(({ path, authorization }) => `${path.split("/").slice(4, 5).join("")} ${authorization}`)).toEqual([
    "users Bearer admin-token",
    "rooms Bearer one",
    "users Bearer admin-token",
    "logout Bearer one",
    "rooms Bearer two",
    "logout Bearer two",
  ]);
});

it("does not mind a token that has ended already", async () => {
  await (await puppetOf(json(401, { errcode: "M_UNKNOWN_TOKEN" }), json(200, {}))).close();
  expect(asked().slice(-2)).toEqual(["POST /_matrix/client/v3/logout", "DELETE /_synapse/admin/v1/users/%40o%3Dd%2Fd%20one%3Atest.example/override_ratelimit"]);
});

it("reports a room it could not leave", async () => {
  const puppet = await puppetOf(json(403, { errcode: "M_FORBIDDEN" }), json(200, { joined_rooms: [room] }));
  await expect(puppet.leave(room)).rejects.toMatchObject({ name: "HomeserverRefused", status: 403 });
  server.script(json(403, { errcode: "M_CANNOT_LEAVE_SERVER_NOTICE_ROOM" }), json(200, { joined_rooms: [] }));
  await expect(puppet.leave(room)).rejects.toMatchObject({ errcode: "M_CANNOT_LEAVE_SERVER_NOTICE_ROOM" });
});

it.each([[403, "M_FORBIDDEN"], [404, "M_UNKNOWN"], [500, "M_UNKNOWN"]])("looks whether an invite still waits when Synapse answers %i", async (status, errcode) => {
  const none = json(200, { joined_rooms: [] });
  const puppet = await puppetOf(json(status, { errcode }), none, json(200, { next_batch: "a" }), json(200, {}));
  await puppet.leave(room);
  expect(asked().at(-1)).toMatch(/forget$/);
  for (const waiting of [{ invite: { [room]: {} } }, { knock: { [room]: {} } }]) {
    server.script(json(status, { errcode }), none, json(200, { rooms: waiting }));
    await expect(puppet.leave(room)).rejects.toThrow(/homeserver/);
  }
});

it("lifts a shadow ban before it acts, and looks for one first", async () => {
  server.script(json(200, { access_token: "one" }), json(200, { shadow_banned: true }), json(200, {}));
  await eraser().actAs(ada);
  expect(asked()[2]).toMatch(/^DELETE .*\/shadow_ban$/);
});

it("keeps no token when it cannot begin", async () => {
  server.script(json(200, { access_token: "one" }), json(503, {}), json(200, {}));
  await expect(eraser().actAs(ada)).rejects.toMatchObject({ name: "HomeserverUnavailable" });
  expect(asked().at(-1)).toBe("POST /_matrix/client/v3/logout");
});

it("has no delayed events where the homeserver knows of none", async () => {
  expect(await (await puppetOf(json(404, { errcode: "M_UNRECOGNIZED" }))).cancelDelayed()).toBe(0);
  const puppet = await puppetOf(json(200, { delayed_events: [{ delay_id: "a" }, { delay_id: "b" }] }), json(404, { errcode: "M_NOT_FOUND" }), json(200, {}));
  expect(await puppet.cancelDelayed()).toBe(1);
});
