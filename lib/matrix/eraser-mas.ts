import { z } from "zod";
import type { Eraser } from "./eraser.ts";
import type { SynapseEraser } from "./eraser-synapse.ts";
import { HomeserverRefused, HomeserverUnavailable, type Mxid } from "./homeserver.ts";
import { parse, type Mas } from "./mas.ts";
import { puppetMinutes } from "./puppet-token.ts";
import { openPuppet, type PuppetToken } from "./puppet.ts";
import { segment } from "./segment.ts";

const session = z.object({ data: z.object({ id: z.string().min(1), attributes: z.object({ access_token: z.string().min(1) }) }) });
const links = z.object({ data: z.array(z.object({ id: z.string().min(1) })) });

/** Under its old name too, for a Synapse that does not know the new one yet. */
const clientApi = "urn:matrix:client:api:* urn:matrix:org.matrix.msc2967.client:api:*";

/**
 * The same port where accounts are the Matrix Authentication Service's: Synapse has no deactivation and no "log in as" then. What is
 * Synapse's own (rooms, events, media, devices, suspension) stays with `synapse`.
 */
export function openMasEraser(mas: Mas, synapse: SynapseEraser, now: () => Date): Eraser {
  /**
   * Without a device: one would be a new sign-in in the eyes of everybody the person talks to. Synapse may honour the token for two
   * minutes after its end, which is how long it remembers what the service told it.
   */
  async function newToken(mxid: Mxid): Promise<PuppetToken> {
    const until = new Date(now().getTime() + puppetMinutes * 60_000);
    const body = { actor_user_id: await mas.userId(mxid), human_name: "Erasure", scope: clientApi, expires_in: puppetMinutes * 60 };
    const { id, attributes } = parse(session, await mas.ask("/personal-sessions", { method: "POST", body })).data;
    return {
      token: attributes.access_token,
      until,
      async end() {
        await unless([404, 409], mas.ask(`/personal-sessions/${segment(id)}/revoke`, { method: "POST", body: {} }));
      },
    };
  }

  return {
    ...synapse,
    authority: "mas",

    actAs: (mxid) => openPuppet({ ...synapse.puppetStrings(mxid), transactions: false, newToken: () => newToken(mxid) }),

    async clearIdentities(mxid) {
      const user = await mas.userId(mxid);
      const list = async () => parse(links, await mas.ask(`/upstream-oauth-links?filter[user]=${segment(user)}&page[first]=100`)).data;
      const tried = new Set<string>();
      for (let page = await list(); page.length > 0; page = await list()) {
        if (page.some(({ id }) => tried.has(id))) throw new HomeserverUnavailable("the Matrix Authentication Service keeps an external id");
        for (const { id } of page) {
          tried.add(id);
          await unless([404], mas.ask(`/upstream-oauth-links/${segment(id)}`, { method: "DELETE" }));
        }
      }
      // What Synapse kept from the time before.
      await synapse.clearIdentities(mxid);
    },

    /**
     * Only queued when this answers: the service then ends sign-ins, deletes addresses and asks Synapse, at most ten times. A
     * repetition queues it anew, which is what helps after the tenth.
     */
    async deactivate(mxid) {
      const body = { skip_erase: false, erase: true };
      await mas.ask(`/users/${segment(await mas.userId(mxid))}/deactivate`, { method: "POST", body });
      return { unbind: "not-told" };
    },

    /** Synapse pays no heed to its own lock here; the service does, in what it says of every token. */
    async lock(mxid) {
      await mas.ask(`/users/${segment(await mas.userId(mxid))}/lock`, { method: "POST", body: {} });
      await synapse.lock(mxid);
    },
  };
}

async function unless(statuses: readonly number[], asked: Promise<unknown>): Promise<void> {
  try {
    await asked;
  } catch (error) {
    if (!(error instanceof HomeserverRefused) || !statuses.includes(error.status)) throw error;
  }
}
