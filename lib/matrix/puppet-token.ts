import { readLogin } from "./eraser-answers.ts";
import { HomeserverRefused, type Mxid } from "./homeserver.ts";
import { callJson, type Call } from "./http.ts";
import type { PuppetToken } from "./puppet.ts";
import { segment } from "./segment.ts";

/** Long enough for a loop of redactions, short enough for a token that a crash leaves behind. */
export const puppetMinutes = 30;

interface Login {
  readonly url: string;
  readonly ask: (path: string, call: Call) => Promise<unknown>;
  readonly mxid: Mxid;
  readonly now: () => Date;
}

/**
 * Synapse's "log in as": no device comes to be and no IP address is written down for the person, the admin owns the token, and its
 * row goes with the logout (observed on 1.163.2). Deactivation leaves it working: only the account's lock ends it then.
 */
export async function synapsePuppetToken({ url, ask, mxid, now }: Login): Promise<PuppetToken> {
  const until = new Date(now().getTime() + puppetMinutes * 60_000);
  const token = readLogin(await ask(`/_synapse/admin/v1/users/${segment(mxid)}/login`, { method: "POST", body: { valid_until_ms: until.getTime() } }));
  return {
    token,
    until,
    async end() {
      await callJson(`${url}/_matrix/client/v3/logout`, { method: "POST", token, body: {} }).catch((error: unknown) => {
        // It ended by itself, or with the account.
        if (!(error instanceof HomeserverRefused) || error.status !== 401) throw error;
      });
    },
  };
}
