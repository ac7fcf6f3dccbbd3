import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSafeFetch, type Target } from "#lib/matrix/safe-fetch.ts";
import { drip, hangUp, huge, json, silent, truncated, type Reply } from "#tests/fakes/faulty-server.ts";
import { startInternet, type FakeInternet } from "#tests/fakes/internet.ts";

let internet: FakeInternet;
beforeEach(async () => {
  internet = await startInternet(["far.example", "8.8.4.4"]);
});
afterEach(() => internet.stop());

const far: Target = { host: "far.example", port: 443, authority: "far.example", certificateFor: "far.example" };
const ask = (target: Partial<Target> = {}, path = "/x") => openSafeFetch(internet.network)({ ...far, ...target }, { path });

async function serving(reply: Reply): Promise<void> {
  internet.name("far.example", ["8.8.8.8"]);
  await internet.serve("8.8.8.8", 443, { "/x": reply });
}

describe("asking a server whose name others chose", () => {
  it("brings back status and text", async () => {
    await serving(json(418, { a: 1 }, { "retry-after": "7" }));
    expect(await ask()).toMatchObject({ status: 418, retryAfter: "7", text: '{"a":1}' });
    expect(internet.arrivals).toMatchObject([{ at: "https://8.8.8.8:443/x", host: "far.example", method: "GET" }]);
  });

  it.each(["127.0.0.1", "::ffff:127.0.0.1", "169.254.169.254", "2002:7f00:1::", "64:ff9b::a00:1", "10.0.0.1", "::1", "0.0.0.0"])("sends nothing to %s, by name or as it is (I07)", async (address) => {
    internet.name("far.example", [address]);
    for (const target of [{}, { host: address, authority: address, certificateFor: address }]) {
      await expect(ask(target)).rejects.toMatchObject({ name: "AddressRefused", message: "an address that must not be asked" });
    }
    expect(internet.dialled).toEqual([]);
  });

  it("sends nothing where one of several addresses is private", async () => {
    internet.name("far.example", ["8.8.8.8", "192.168.0.1"]);
    await expect(ask()).rejects.toMatchObject({ name: "AddressRefused" });
    expect(internet.dialled).toEqual([]);
  });

  it("connects to the address it has looked at, whatever the name says next (I08)", async () => {
    await serving(json(200, {}));
    internet.name("far.example", ["8.8.8.8"], ["127.0.0.1"]);
    expect(await ask()).toMatchObject({ status: 200 });
    expect(internet.dialled).toEqual(["8.8.8.8 443"]);
    await expect(ask()).rejects.toMatchObject({ name: "AddressRefused" });
    expect(internet.dialled).toEqual(["8.8.8.8 443"]);
  });

  it("follows no redirect (I09)", async () => {
    await serving((_request, response) => response.writeHead(302, { location: "https://169.254.169.254/latest/meta-data" }).end());
    expect(await ask()).toMatchObject({ status: 302, text: "" });
    expect(internet.dialled).toEqual(["8.8.8.8 443"]);
  });

  it("uses the two usual ports, and another only where the server's own name holds it", async () => {
    internet.name("far.example", ["8.8.8.8"]);
    for (const port of [443, 8448, 8449]) await internet.serve("8.8.8.8", port, { "/x": json(200, {}) });
    for (const port of [22, 80, 6379, 8449]) await expect(ask({ port })).rejects.toMatchObject({ name: "AddressRefused" });
    expect(internet.dialled).toEqual([]);
    for (const target of [{ port: 443 }, { port: 8448 }, { port: 8449, named: true }]) expect(await ask(target)).toMatchObject({ status: 200 });
  });

  it("refuses a private address whatever the port", async () => {
    internet.name("far.example", ["10.0.0.1"]);
    await expect(ask({ port: 8449, named: true })).rejects.toMatchObject({ name: "AddressRefused" });
  });

  it("wants a certificate of the name, or of the address", async () => {
    internet.name("near.example", ["8.8.8.8"]);
    await serving(json(200, {}));
    await expect(ask({ host: "near.example", certificateFor: "near.example" })).rejects.toMatchObject({ name: "NoAnswer" });
    await internet.serve("8.8.4.4", 443, { "/x": json(200, {}) });
    expect(await ask({ host: "8.8.4.4", certificateFor: "8.8.4.4" })).toMatchObject({ status: 200 });
    await expect(ask({ host: "8.8.8.8", certificateFor: "8.8.8.8" })).rejects.toMatchObject({ name: "NoAnswer" });
    expect(internet.arrivals).toHaveLength(1);
  });

  it("trusts no certificate of its maker", async () => {
    await serving(json(200, {}));
    const { ca: _ca, ...network } = internet.network;
    await expect(openSafeFetch(network)(far, { path: "/x" })).rejects.toMatchObject({ name: "NoAnswer" });
    expect(internet.arrivals).toEqual([]);
  });

  it("tries the next address of a name when nobody answers at the first", async () => {
    await serving(json(200, {}));
    internet.name("far.example", ["2606:4700::1111", "8.8.8.8"]);
    expect(await ask()).toMatchObject({ status: 200 });
    expect(internet.dialled).toEqual(["2606:4700::1111 443", "8.8.8.8 443"]);
  });

  it.each<[string, Reply]>([
    ["never answers", silent],
    ["drips", drip(50)],
    ["hangs up", hangUp],
    ["sends too much", huge(1 << 20)],
    ["breaks off", truncated("0123456789")],
  ])("has no answer when the server %s", async (_what, reply) => {
    await serving(reply);
    const error = await ask().then(() => expect.unreachable(), (cause: unknown) => cause as Error);
    expect([error.name, error.message]).toEqual(["NoAnswer", "no answer"]);
  });

  it("has no answer when the name has no address, or its resolver is silent", async () => {
    await expect(ask()).rejects.toMatchObject({ name: "NoAnswer" });
    const network = { ...internet.network, resolve: () => new Promise<never>(() => undefined) };
    await expect(openSafeFetch(network)(far, { path: "/x" })).rejects.toMatchObject({ name: "NoAnswer" });
  });
});
