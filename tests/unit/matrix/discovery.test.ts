import { describe, expect, it } from "vitest";
import { clientUrl } from "#lib/matrix/discovery.ts";
import { HomeserverUnavailable } from "#lib/matrix/homeserver.ts";

/** Pages of an imaginary internet; what is not there answers 404. */
function internet(pages: Readonly<Record<string, unknown>>) {
  const asked: string[] = [];
  const fetchFrom: typeof fetch = (input) => {
    const url = String(input);
    asked.push(url);
    const page = pages[url];
    if (page instanceof Error) return Promise.reject(page);
    return Promise.resolve(page instanceof Response ? page : Response.json(page ?? {}, { status: page === undefined ? 404 : 200 }));
  };
  return { fetchFrom, asked };
}
const versions = { versions: ["v1.11"] };
const wellKnown = (base_url: unknown) => ({ "m.homeserver": { base_url } });

describe("where browsers find the homeserver", () => {
  it("is what the server's .well-known file says", async () => {
    const { fetchFrom } = internet({ "https://hs.org/.well-known/matrix/client": wellKnown("https://matrix.hs.org/"), "https://matrix.hs.org/_matrix/client/versions": versions });
    expect(await clientUrl("hs.org", fetchFrom)).toBe("https://matrix.hs.org");
  });

  it("is the server itself without that file", async () => {
    const { fetchFrom } = internet({ "https://hs.org/_matrix/client/versions": versions });
    expect(await clientUrl("hs.org:8448", fetchFrom)).toBe("https://hs.org");
  });

  it.each(["http://matrix.hs.org", "https://user:pass@hs.org", "file:///etc/passwd", "javascript:alert(1)", "", 7])("is not %j, wherever that stands", async (base) => {
    const { fetchFrom, asked } = internet({ "https://hs.org/.well-known/matrix/client": wellKnown(base) });
    await expect(clientUrl("hs.org", fetchFrom)).rejects.toThrow(HomeserverUnavailable);
    expect(asked).toEqual(["https://hs.org/.well-known/matrix/client"]);
  });

  it.each([
    ["no homeserver answers there", { "https://hs.org/.well-known/matrix/client": wellKnown("https://matrix.hs.org") }],
    ["something else answers there", { "https://hs.org/.well-known/matrix/client": wellKnown("https://matrix.hs.org"), "https://matrix.hs.org/_matrix/client/versions": { hello: 1 } }],
    ["it redirects", { "https://hs.org/.well-known/matrix/client": new Response(null, { status: 302, headers: { location: "https://169.254.169.254/" } }) }],
    ["it cannot be reached", { "https://hs.org/.well-known/matrix/client": new TypeError("fetch failed") }],
  ])("is unknown when %s", async (_what, pages) => {
    await expect(clientUrl("hs.org", internet(pages).fetchFrom)).rejects.toThrow(HomeserverUnavailable);
  });
});
