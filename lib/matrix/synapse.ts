import { readAccount, readAccountPage, readNotice, readTermsVersion, readVersion, readWhoami } from "./answers.ts";
import { HomeserverRefused, HomeserverUnavailable, type Homeserver, type Mxid } from "./homeserver.ts";
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

  /** Who the token is. */
  let self: Mxid | undefined;
  async function whoami(): Promise<Mxid> {
    self ??= parseMxid(readWhoami(await ask("/_matrix/client/v3/account/whoami"))) ?? undefined;
    if (self === undefined) throw new HomeserverUnavailable("the homeserver's answer has an unknown shape");
    return self;
  }
  /** The token's own server: local media lie under its name. */
  const ownServer = async () => serverOf(await whoami());

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

    async termsVersion(sign) {
      const u = await whoami();
      const page = await callText(`${url}/_matrix/consent?${new URLSearchParams({ u, h: sign(u) })}`, timeoutMs === undefined ? {} : { timeoutMs });
      return readTermsVersion(page ?? "");
    },

    async listAccounts(from) {
      // Oldest first and the deactivated among them: whoever comes or goes moves nobody to a page that was read.
      const which = { limit: "100", order_by: "creation_ts", dir: "f", guests: "true", deactivated: "true", locked: "true" };
      return readAccountPage(await ask(`/_synapse/admin/v2/users?${new URLSearchParams({ ...which, ...(from === null ? {} : { from }) })}`));
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
