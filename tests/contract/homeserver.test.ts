import { fakeFormSecret, fakeHomeserver } from "#tests/fakes/homeserver.ts";
import { homeserverContract } from "./homeserver.ts";

homeserverContract("the fake", async () => {
  const homeserver = fakeHomeserver("test.example");
  const person = (localpart: string, account = {}) => homeserver.addAccount(`@${localpart}:test.example`, { createdAt: new Date("2026-01-01"), ...account });
  return Promise.resolve({
    homeserver,
    serverName: "test.example",
    formSecret: fakeFormSecret,
    ada: person("ada", { displayName: "Ada ✨", mails: ["ada@example.org"] }),
    suspended: person("suspended", { suspended: true }),
    locked: person("locked", { locked: true }),
    deactivated: person("deactivated", { deactivated: true }),
    odd: person("o=d/d+1"),
    media: homeserver.addMedia("abcdefghijklmnopqrstuvwx", Uint8Array.from({ length: 256 }, (_, at) => at)),
    noticesOf: (mxid) => Promise.resolve(homeserver.notices.filter((notice) => notice.mxid === mxid).map((notice) => notice.text)),
    stop: () => Promise.resolve(),
  });
});
