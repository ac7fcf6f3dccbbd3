import { DomainError } from "#lib/errors.ts";
import { readUserinfo } from "./answers.ts";
import { HomeserverRefused, HomeserverUnavailable, type Mxid } from "./homeserver.ts";
import { callJson } from "./http.ts";
import { parseMxid, serverOf } from "./mxid.ts";

export interface OpenIdCheck {
  /** The configured homeserver, never an address a client named. */
  readonly baseUrl: string;
  /** The configured `server_name`; `sub` must be of exactly this server (CVE-2023-38691). */
  readonly serverName: string;
  readonly token: string;
  readonly timeoutMs?: number;
  readonly fetch?: typeof fetch;
}

/**
 * Whose OpenID token is this?
 * @throws DomainError forbidden/`openid_refused`, forbidden/`openid_wrong_server`, unavailable/`homeserver_unavailable`
 */
export async function verifyOpenIdToken({ baseUrl, serverName, token, timeoutMs = 5_000, fetch }: OpenIdCheck): Promise<Mxid> {
  if (!/^[\x21-\x7e]{1,512}$/.test(token)) throw new DomainError("forbidden", "openid_refused");
  const url = `${baseUrl}/_matrix/federation/v1/openid/userinfo?access_token=${encodeURIComponent(token)}`;
  const sub = await userinfo(url, timeoutMs, fetch);
  const mxid = parseMxid(sub);
  if (mxid === null || serverOf(mxid) !== serverName) throw new DomainError("forbidden", "openid_wrong_server");
  return mxid;
}

async function userinfo(url: string, timeoutMs: number, fetchWith: typeof fetch | undefined): Promise<string> {
  try {
    return readUserinfo(await callJson(url, { timeoutMs, maxBytes: 16 << 10, ...(fetchWith ? { fetch: fetchWith } : {}) }));
  } catch (error) {
    if (error instanceof HomeserverRefused) throw new DomainError("forbidden", "openid_refused");
    if (error instanceof HomeserverUnavailable) throw new DomainError("unavailable", "homeserver_unavailable");
    throw error;
  }
}
