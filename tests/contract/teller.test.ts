import { startFaultyServer, json, type FaultyServer } from "#tests/fakes/faulty-server.ts";
import { startInternet } from "#tests/fakes/internet.ts";
import { fakeTeller, unreachable } from "#tests/fakes/teller.ts";
import { parseFederationKey } from "#lib/matrix/federation-key.ts";
import { openSafeFetch } from "#lib/matrix/safe-fetch.ts";
import { openTeller } from "#lib/matrix/teller-http.ts";
import { tellerContract } from "./teller.ts";

tellerContract("the fake", () => {
  const teller = fakeTeller(["bridge", "quiet"]);
  teller.answer({ kind: "appservice", name: "quiet" }, { is: "nobody" });
  return Promise.resolve({
    teller,
    answer(other, told) {
      if (told.is === "trouble") teller.fault({ on: "tell", error: unreachable(told.afterSeconds) });
      else teller.answer(other, told);
      return Promise.resolve();
    },
    stop: () => Promise.resolve(),
  });
});

tellerContract("HTTP", async () => {
  const bridge: FaultyServer = await startFaultyServer();
  const internet = await startInternet(["far.example"]);
  internet.name("far.example", ["8.8.8.8"]);
  const teller = openTeller({
    serverName: "test.example",
    appservices: [{ id: "bridge", url: bridge.url, hsToken: "their-word" }, { id: "quiet", url: null, hsToken: "their-word" }],
    key: parseFederationKey("ed25519 1 YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1"),
    fetch: openSafeFetch(internet.network),
    srv: internet.srv,
  });
  return {
    teller,
    async answer(other, told) {
      const pause: Record<string, string> = told.is === "trouble" && told.afterSeconds !== null ? { "retry-after": String(told.afterSeconds) } : {};
      const reply = { acknowledged: json(200, {}), not_supported: json(404, { errcode: "M_UNRECOGNIZED" }), by_contact: json(405, {}), trouble: json(pause["retry-after"] === undefined ? 502 : 429, {}, pause) }[told.is];
      if (other.kind === "appservice") return bridge.script(reply);
      await internet.serve("8.8.8.8", 8448, { "/_matrix/federation/v1/user/erase": reply });
      const contacts = told.is === "by_contact" ? [{ role: "m.role.dpo", email_address: told.mail }] : [];
      await internet.serve("8.8.8.8", 443, { "/.well-known/matrix/support": json(200, { contacts }) });
    },
    async stop() {
      await bridge.stop();
      await internet.stop();
    },
  };
});
