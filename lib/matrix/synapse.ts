import { readAccount, readNotice, readVersion, readWhoami } from "./answers.ts";
import { HomeserverRefused, HomeserverUnavailable, type Homeserver } from "./homeserver.ts";
import { callJson, callText, type Call } from "./http.ts";
import { openFromServer, openFromStore } from "./media.ts";
import { parseMxid, serverOf } from "./mxid.ts";

export interface HomeserverOptions {
  /** Base URL as the worker reaches it, no trailing slash. */
  readonly url: string;
  /** Access token of a server admin. */
  readonly token: string;
  /** Folder of Synapse's `media_store_path`, where it is mounted here. */
  readonly mediaStore?: string | null;
  readonly timeoutMs?: number;
}

const encode = encodeURIComponent;

/** The homeserver through Synapse's Admin API. */
export function openHomeserver({ url, token, mediaStore, timeoutMs }: HomeserverOptions): Homeserver {
  const ask = (path: string, call: Call = {}) => callJson(url + path, { token, ...(timeoutMs === undefined ? {} : { timeoutMs }), ...call });

  /** The token's own server: local media lie under its name. */
  let serverName: string | undefined;
  async function ownServer(): Promise<string> {
    if (serverName === undefined) {
      const admin = parseMxid(readWhoami(await ask("/_matrix/client/v3/account/whoami")));
      if (admin === null) throw new HomeserverUnavailable("the homeserver's answer has an unknown shape");
      serverName = serverOf(admin);
    }
    return serverName;
  }

  return {
    async account(mxid) {
      try {
        const account = readAccount(await ask(`/_synapse/admin/v2/users/${encode(mxid)}`));
        // Somebody else's account must never pass for the one asked for.
        if (account.mxid !== mxid) throw new HomeserverUnavailable("the homeserver answered for another account");
        return account;
      } catch (error) {
        if (error instanceof HomeserverRefused && error.status === 404) return null;
        throw error;
      }
    },

    async sendNotice(mxid, txnId, { text, html }) {
      const content = { msgtype: "m.text", body: text, format: "org.matrix.custom.html", formatted_body: html };
      return readNotice(await ask(`/_synapse/admin/v1/send_server_notice/${encode(txnId)}`, { method: "PUT", body: { user_id: mxid, content } }));
    },

    async acceptTerms(mxid, version, proof) {
      await callText(`${url}/_matrix/consent`, { method: "POST", form: { u: mxid, h: proof, v: version }, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
    },

    async openMedia(mediaId) {
      const stored = mediaStore ? await openFromStore(mediaStore, mediaId) : null;
      // Synapse may keep a file elsewhere (an S3 provider): what is not in the folder is asked for.
      return stored ?? openFromServer(`${url}/_matrix/client/v1/media/download/${encode(await ownServer())}/${encode(mediaId)}`, token);
    },

    async identify() {
      const name = await ownServer();
      const version = readVersion(await ask("/_synapse/admin/v1/server_version"));
      return { serverName: name, version, admin: await isAdmin() };
    },
  };

  async function isAdmin(): Promise<boolean> {
    try {
      await ask("/_synapse/admin/v2/users?limit=1&guests=false");
      return true;
    } catch (error) {
      if (error instanceof HomeserverRefused && error.status === 403) return false;
      throw error;
    }
  }
}
