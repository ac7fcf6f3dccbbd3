import type { Appservice } from "./appservices.ts";
import { xMatrix, type FederationKey } from "./federation-key.ts";
import { HomeserverRefused, HomeserverUnavailable, type Mxid } from "./homeserver.ts";
import { callJson, pauseOf } from "./http.ts";
import { AddressRefused, NoAnswer, type SafeFetch } from "./safe-fetch.ts";
import { findServer, type ResolveSrv } from "./server-discovery.ts";
import { findContact } from "./support-contact.ts";
import { OtherUnreachable, type Teller, type Told } from "./teller.ts";

export interface TellerOptions {
  /** Our homeserver's name: origin of what is signed. */
  readonly serverName: string;
  readonly appservices: readonly Appservice[];
  /** null: other homeservers are asked through their published contact. */
  readonly key: FederationKey | null;
  readonly fetch: SafeFetch;
  /** For tests; DNS otherwise. */
  readonly srv?: ResolveSrv;
}

const erasePath = "/_matrix/federation/v1/user/erase";

/**
 * MSC2438, which no homeserver is known to have implemented. A homeserver that does not know the request, or refuses it, is asked
 * through its published contact like one we hold no key for: Art. 19 GDPR asks that they be told, not how.
 */
export function openTeller({ serverName, appservices, key, fetch, srv }: TellerOptions): Teller {
  return {
    appservices: appservices.map(({ id }) => id),
    async tell({ kind, name }, mxid) {
      if (kind === "homeserver") return tellHomeserver(name, mxid);
      const service = appservices.find(({ id }) => id === name);
      return service?.url ? tellAppservice(service.url, service.hsToken, mxid) : { is: "nobody" };
    },
  };

  async function tellHomeserver(name: string, mxid: Mxid): Promise<Told> {
    try {
      const answer = key === null ? null : await overFederation(name, mxid, key);
      if (answer?.is === "acknowledged") return answer;
      const mail = await findContact(name, fetch).catch((error: unknown) => {
        // Who has said that it does not know the request may well have no web site to look at.
        if (answer !== null && error instanceof NoAnswer) return null;
        throw error;
      });
      if (mail !== null) return { is: "by_contact", mail };
      return answer ?? { is: "nobody" };
    } catch (error) {
      if (error instanceof AddressRefused) return { is: "nobody" };
      if (error instanceof NoAnswer) throw new OtherUnreachable({ cause: error });
      throw error;
    }
  }

  /** null: there is no place to send it to. */
  async function overFederation(name: string, mxid: Mxid, by: FederationKey): Promise<Told | null> {
    const target = await findServer(name, fetch, srv);
    if (target === null) return null;
    const content = { user_id: mxid };
    const authorization = xMatrix(by, { method: "POST", uri: erasePath, origin: serverName, destination: name, content });
    const request = { method: "POST", path: erasePath, headers: { authorization, "content-type": "application/json" }, body: JSON.stringify(content) } as const;
    const answer = await fetch(target, request).catch((error: unknown) => {
      if (error instanceof AddressRefused) return null;
      throw error;
    });
    if (answer === null) return null;
    if (answer.status === 429 || answer.status >= 500) throw new OtherUnreachable({ afterSeconds: pauseOf(answer.retryAfter, answer.date, answer.text) });
    // A web server that says yes to everything has acknowledged nothing.
    return answer.status === 200 && isObject(answer.text) ? { is: "acknowledged" } : { is: "not_supported" };
  }
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Its address stands in the operator's own file and may be private, as bridges' addresses are: it is asked as the homeserver is. */
async function tellAppservice(url: string, token: string, mxid: Mxid): Promise<Told> {
  try {
    await callJson(`${url}/_matrix/app/v1/users/erase`, { method: "POST", token, body: { user_id: mxid }, maxBytes: 64 << 10 });
    return { is: "acknowledged" };
  } catch (error) {
    if (error instanceof HomeserverRefused) return { is: "not_supported" };
    if (error instanceof HomeserverUnavailable) throw new OtherUnreachable({ afterSeconds: error.afterSeconds, cause: error });
    throw error;
  }
}
