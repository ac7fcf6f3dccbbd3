import { z } from "zod";
import { HomeserverRefused, HomeserverUnavailable } from "./homeserver.ts";
import { callJson } from "./http.ts";

const wellKnown = z.object({ "m.homeserver": z.object({ base_url: z.string() }) });
const versions = z.object({ versions: z.array(z.string()).min(1) });

/**
 * Base URL of the client API of the *configured* server name, for the browser (spec: server discovery).
 * A host without the file is its own client API. No redirect is followed, the answer must be https and
 * must be a homeserver.
 * @throws HomeserverUnavailable when it cannot be found out now; say HOMESERVER_CLIENT_URL to the operator
 */
export async function clientUrl(serverName: string, fetchWith: typeof fetch = fetch): Promise<string> {
  const small = { timeoutMs: 5_000, maxBytes: 64 << 10, fetch: fetchWith };
  const host = serverName.replace(/:\d+$/, "");
  const baseUrl = await advertised(`https://${host}/.well-known/matrix/client`, small) ?? `https://${host}`;
  const answer = await callJson(`${baseUrl}/_matrix/client/versions`, small).catch((cause: unknown) => {
    throw new HomeserverUnavailable("no client API at the advertised address", { cause });
  });
  if (!versions.safeParse(answer).success) throw new HomeserverUnavailable("no client API at the advertised address");
  return baseUrl;
}

async function advertised(url: string, small: { timeoutMs: number; maxBytes: number; fetch: typeof fetch }): Promise<string | null> {
  try {
    const found = wellKnown.safeParse(await callJson(url, small));
    const baseUrl = found.success ? found.data["m.homeserver"].base_url.replace(/\/+$/, "") : "";
    if (!URL.canParse(baseUrl) || new URL(baseUrl).protocol !== "https:" || new URL(baseUrl).username !== "") {
      throw new HomeserverUnavailable("the server's .well-known file names no https address");
    }
    return baseUrl;
  } catch (error) {
    if (error instanceof HomeserverRefused && error.status === 404) return null;
    if (error instanceof HomeserverRefused) throw new HomeserverUnavailable("the server's .well-known file cannot be read");
    throw error;
  }
}
