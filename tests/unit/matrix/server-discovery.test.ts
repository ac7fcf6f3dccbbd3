import { afterEach, beforeEach, expect, it } from "vitest";
import { openSafeFetch } from "#lib/matrix/safe-fetch.ts";
import { findServer, parseServerName } from "#lib/matrix/server-discovery.ts";
import { json } from "#tests/fakes/faulty-server.ts";
import { startInternet, type FakeInternet } from "#tests/fakes/internet.ts";

let internet: FakeInternet;
beforeEach(async () => {
  internet = await startInternet(["far.example"]);
  internet.name("far.example", ["8.8.8.8"]);
});
afterEach(() => internet.stop());

const find = (name: string) => findServer(name, openSafeFetch(internet.network), internet.srv);
const publish = (server: unknown, status = 200) => internet.serve("8.8.8.8", 443, { "/.well-known/matrix/server": json(status, { "m.server": server }) });

it.each([
  ["8.8.8.8", { host: "8.8.8.8", port: 8448, named: false, authority: "8.8.8.8", certificateFor: "8.8.8.8" }],
  ["8.8.8.8:8449", { host: "8.8.8.8", port: 8449, named: true, authority: "8.8.8.8:8449", certificateFor: "8.8.8.8" }],
  ["[2606:4700::1111]", { host: "2606:4700::1111", port: 8448, named: false, authority: "[2606:4700::1111]", certificateFor: "2606:4700::1111" }],
  ["far.example:8449", { host: "far.example", port: 8449, named: true, authority: "far.example:8449", certificateFor: "far.example" }],
])("takes %s as it stands", async (name, target) => {
  expect(await find(name)).toEqual(target);
  expect(internet.dialled).toEqual([]);
});

it.each([
  ["matrix.far.example:443", { host: "matrix.far.example", port: 443, named: false, authority: "matrix.far.example:443", certificateFor: "matrix.far.example" }],
  ["8.8.4.4", { host: "8.8.4.4", port: 8448, named: false, authority: "8.8.4.4", certificateFor: "8.8.4.4" }],
  ["matrix.far.example", { host: "matrix.far.example", port: 8448, authority: "matrix.far.example", certificateFor: "matrix.far.example" }],
  // Safe-fetch refuses this port: it is not the server's own name that holds it.
  ["matrix.far.example:6379", { host: "matrix.far.example", port: 6379, named: false, authority: "matrix.far.example:6379", certificateFor: "matrix.far.example" }],
])("goes where the server's file sends it: %s", async (server, target) => {
  await publish(server);
  expect(await find("far.example")).toEqual(target);
});

it("asks for records of the delegated name, the newer kind first, the lowest priority first", async () => {
  await publish("matrix.far.example");
  internet.record("_matrix._tcp.matrix.far.example", "old.far.example", 8448);
  expect(await find("far.example")).toEqual({ host: "old.far.example", port: 8448, authority: "matrix.far.example", certificateFor: "matrix.far.example" });
  internet.record("_matrix-fed._tcp.matrix.far.example", "second.far.example", 8448, 20);
  internet.record("_matrix-fed._tcp.matrix.far.example", "first.far.example", 443, 10);
  expect(await find("far.example")).toMatchObject({ host: "first.far.example", port: 443 });
});

it.each([
  ["there is no file", 404, "matrix.far.example"],
  ["it is none", 200, { a: 1 }],
  ["it names none", 200, "https://evil/"],
])("goes by records, then by port 8448, where %s", async (_what, status, server) => {
  await publish(server, status);
  expect(await find("far.example")).toEqual({ host: "far.example", port: 8448, authority: "far.example", certificateFor: "far.example" });
  internet.record("_matrix-fed._tcp.far.example", "matrix.far.example", 443);
  expect(await find("far.example")).toMatchObject({ host: "matrix.far.example", port: 443, authority: "far.example" });
});

it("goes by records where no web server answers", async () => {
  expect(await find("far.example")).toMatchObject({ host: "far.example", port: 8448 });
});

it.each(["", "a b", "far.example/x", "far.example:0", "far.example:65536", "[::1", "[zz]", "far\".example", "a@b", "far.example:84a"])("takes %j for no server name", async (name) => {
  expect(parseServerName(name)).toBeNull();
  expect(await find(name)).toBeNull();
});
