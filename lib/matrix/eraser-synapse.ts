import { readWhoami } from "./answers.ts";
import * as read from "./eraser-answers.ts";
import type { Eraser } from "./eraser.ts";
import { HomeserverRefused, type MediaId, type Mxid, type RoomId } from "./homeserver.ts";
import { callJson, type Call } from "./http.ts";
import { serverOf } from "./mxid.ts";
import { openPuppet } from "./puppet.ts";
import { synapsePuppetToken } from "./puppet-token.ts";
import { segment } from "./segment.ts";

export interface EraserOptions {
  /** Base URL of the homeserver, no trailing slash. */
  readonly url: string;
  /** Access token of a server admin. */
  readonly token: string;
  readonly now: () => Date;
  /** For one answer; deactivation and deletions, which do their work before they answer, get eight times as long. */
  readonly timeoutMs?: number;
}

/** An eraser with what eraser-mas.ts needs of it besides. */
export interface SynapseEraser extends Eraser {
  /** Moves the account with a token somebody else made. */
  readonly puppetStrings: (mxid: Mxid) => Omit<Parameters<typeof openPuppet>[0], "newToken" | "transactions">;
}

const admin = "/_synapse/admin";

/** Accounts as Synapse's Admin API lets them be changed. What is said of Synapse here was observed on 1.163.2. */
export function openEraser({ url, token, now, timeoutMs = 15_000 }: EraserOptions): SynapseEraser {
  const ask = (path: string, call: Call = {}) => callJson(url + path, { token, timeoutMs, ...call });
  const atLength = { timeoutMs: timeoutMs * 8 };
  const v2 = (mxid: Mxid) => `${admin}/v2/users/${segment(mxid)}`;
  const v1 = (mxid: Mxid) => `${admin}/v1/users/${segment(mxid)}`;

  /** A PUT to an account that is not there would make it. */
  async function change(mxid: Mxid, body: Readonly<Record<string, unknown>>): Promise<void> {
    await ask(v2(mxid));
    await ask(v2(mxid), { method: "PUT", body });
  }

  async function joinedRooms(mxid: Mxid): Promise<readonly RoomId[]> {
    return read.readJoined(await ask(`${v1(mxid)}/joined_rooms`, { maxBytes: 32 << 20 }));
  }

  /** Synapse itself refuses a second run only once the first is active: two started at once would redact everything twice. */
  async function isRedacting(mxid: Mxid): Promise<boolean> {
    const tasks = read.readTasks(await ask(`${admin}/v1/scheduled_tasks?resource_id=${segment(mxid)}&action_name=redact_all_events`, { maxBytes: 32 << 20 }));
    return tasks.some((task) => task.action === "redact_all_events" && read.stateOf(task.status) === "running");
  }

  /**
   * To who is shadow-banned Synapse says after seconds that it has redacted, and has not. And people may send one event in five
   * seconds by default, redactions too: our own pace, which the caller keeps, is set by how the homeserver is, not by that.
   */
  async function begin(mxid: Mxid): Promise<void> {
    if (read.readShadowBanned(await ask(v2(mxid)))) await ask(`${v1(mxid)}/shadow_ban`, { method: "DELETE" });
    await ask(`${v1(mxid)}/override_ratelimit`, { method: "POST", body: { messages_per_second: 0, burst_count: 0 } });
  }

  const puppetStrings: SynapseEraser["puppetStrings"] = (mxid) => ({
    url,
    mxid,
    now,
    timeoutMs,
    joinedRooms: () => joinedRooms(mxid),
    begin: () => begin(mxid),
    // An override that was there before goes too: after deactivation it would only be one more row about the person.
    end: async () => void (await ask(`${v1(mxid)}/override_ratelimit`, { method: "DELETE" })),
  });

  return {
    authority: "synapse",
    puppetStrings,
    joinedRooms,

    async suspend(mxid, suspended) {
      await ask(`${admin}/v1/suspend/${segment(mxid)}`, { method: "PUT", body: { suspend: suspended } });
    },

    async startRedaction(mxid, rooms, limitPerRoom) {
      // To Synapse no rooms means the rooms they are in now.
      if (rooms.length === 0) throw new TypeError("no rooms to redact in");
      if (await isRedacting(mxid)) return null;
      try {
        return read.readStarted(await ask(`${admin}/v1/user/${segment(mxid)}/redact`, { method: "POST", body: { rooms, limit: Math.max(1, limitPerRoom) } }));
      } catch (error) {
        if (error instanceof HomeserverRefused && error.status === 400 && error.errcode === "M_UNKNOWN") return null;
        throw error;
      }
    },

    async redaction(id) {
      const answer = await orNull(ask(`${admin}/v1/user/redact_status/${segment(id)}`, { maxBytes: 32 << 20 }));
      if (answer === null) return null;
      const { status, failed_redactions: failed } = read.readRedaction(answer);
      return { state: read.stateOf(status), failed: new Map(Object.entries(failed ?? {})) };
    },

    async actAs(mxid) {
      return openPuppet({ ...puppetStrings(mxid), transactions: true, newToken: () => synapsePuppetToken({ url, ask, mxid, now }) });
    },

    async mediaCount(mxid) {
      return read.readTotal(await ask(`${v1(mxid)}/media?limit=1`));
    },

    async deleteMedia(mxid) {
      const total = read.readTotal(await ask(`${v1(mxid)}/media?limit=1`));
      // What cannot be deleted stays at the head of the list and would hide the rest.
      for (let from = 0; from < total; from += 100) {
        const gone: MediaId[] = read.readDeletedMedia(await ask(`${v1(mxid)}/media?limit=100&from=${from}`, { method: "DELETE", ...atLength }));
        if (gone.length > 0) return gone;
      }
      return [];
    },

    async clearIdentities(mxid) {
      // Addresses go with deactivation: only there does Synapse say what became of those bound at an identity server. Here it would
      // unbind them too, in silence, and answer 500 for a server that refuses.
      await change(mxid, { external_ids: [] });
    },

    async deactivate(mxid) {
      const unbind = read.readUnbound(await ask(`${admin}/v1/deactivate/${segment(mxid)}`, { method: "POST", body: { erase: true }, ...atLength }));
      return { unbind };
    },

    lock: (mxid) => change(mxid, { locked: true }),

    async deviceCount(mxid) {
      return read.readTotal(await ask(`${v2(mxid)}/devices`, { maxBytes: 32 << 20 }));
    },

    async startPurge(room) {
      await refuseWhereSomebodyIs(room);
      const known = await orNull(ask(`${admin}/v2/rooms/${segment(room)}/delete_status`));
      const running = known === null ? undefined : read.readDeletions(known).find((each) => read.stateOf(each.status) === "running");
      return running?.delete_id ?? read.readDeletion(await ask(`${admin}/v2/rooms/${segment(room)}`, { method: "DELETE", body: { purge: true, block: false } }));
    },

    async purge(id) {
      const answer = await orNull(ask(`${admin}/v2/rooms/delete_status/${segment(id)}`));
      return answer === null ? null : read.stateOf(read.readDeletionStatus(answer));
    },
  };

  /** Synapse would throw people of ours out of the room before it removes it. */
  async function refuseWhereSomebodyIs(room: RoomId): Promise<void> {
    const answer = await orNull(ask(`${admin}/v1/rooms/${segment(room)}/members`, { maxBytes: 32 << 20 }));
    if (answer === null) return;
    const own = serverOf(readWhoami(await ask("/_matrix/client/v3/account/whoami")) as Mxid);
    if (read.readMembers(answer).some((member) => serverOf(member as Mxid) === own)) throw new HomeserverRefused(409, "ROOM_IN_USE");
  }
}

async function orNull(asked: Promise<unknown>): Promise<unknown> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof HomeserverRefused && error.status === 404) return null;
    throw error;
  }
}
