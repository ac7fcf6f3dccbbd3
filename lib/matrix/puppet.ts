import { readDelayed, readPending } from "./eraser-answers.ts";
import { deactivatedLeave, type Puppet } from "./eraser.ts";
import { HomeserverRefused, HomeserverUnavailable, type Mxid, type RoomId } from "./homeserver.ts";
import { callJson, type Call } from "./http.ts";
import { segment } from "./segment.ts";

/** A token that acts as the person, and how to end it. */
export interface PuppetToken {
  readonly token: string;
  readonly until: Date;
  end(): Promise<void>;
}

export interface PuppetStrings {
  /** Base URL of the homeserver. */
  readonly url: string;
  readonly mxid: Mxid;
  readonly now: () => Date;
  readonly timeoutMs?: number | undefined;
  /**
   * Whether Synapse can remember transactions of the token. It cannot where the Matrix Authentication Service made it: such a
   * token has neither device nor row, and a request with a transaction fails with 500.
   */
  readonly transactions: boolean;
  newToken(): Promise<PuppetToken>;
  /** Once there is a token, and once there is none any more. */
  begin(): Promise<void>;
  end(): Promise<void>;
  joinedRooms(): Promise<readonly RoomId[]>;
}

const client = "/_matrix/client/v3";
const delayedEvents = "/_matrix/client/unstable/org.matrix.msc4140/delayed_events";
/** A token that ends sooner than this is changed for another first. */
const spareMs = 60_000;

/** Moves the account through the client API, with one token at a time. */
export async function openPuppet(strings: PuppetStrings): Promise<Puppet> {
  const { url, mxid, now } = strings;
  let held: PuppetToken | null = await strings.newToken();
  try {
    await strings.begin();
  } catch (error) {
    await held.end();
    throw error;
  }
  const sent = new Set<string>();

  async function act(path: string, call: Call): Promise<unknown> {
    if (held === null) throw new TypeError("a puppet that was closed");
    if (held.until.getTime() - now().getTime() < spareMs) {
      const old = held;
      held = await strings.newToken();
      await old.end();
    }
    return callJson(url + path, { token: held.token, ...(strings.timeoutMs === undefined ? {} : { timeoutMs: strings.timeoutMs }), ...call });
  }

  /**
   * Synapse refuses who is not in the room (403, 404; 500 for an invite of another server that was rejected before): there is nothing
   * to leave then. Everything observed on 1.163.2. Only `/sync` tells of a pending invite to a room that the homeserver is not in.
   */
  async function isOut(error: unknown, room: RoomId): Promise<boolean> {
    const refusedForIt = error instanceof HomeserverRefused && (error.status === 404 || error.errcode === "M_FORBIDDEN");
    if (!refusedForIt && !(error instanceof HomeserverUnavailable)) return false;
    if ((await strings.joinedRooms()).includes(room)) return false;
    const filter = JSON.stringify({ presence: { types: [] }, account_data: { types: [] }, room: { rooms: [room], timeline: { limit: 1 } } });
    const pending = readPending(await act(`${client}/sync?timeout=0&set_presence=offline&filter=${encodeURIComponent(filter)}`, { maxBytes: 32 << 20 }));
    return !pending.includes(room);
  }

  return {
    async redact(room, eventId, txnId) {
      const key = JSON.stringify([room, eventId, txnId]);
      if (sent.has(key)) return;
      const path = `${client}/rooms/${segment(room)}/redact/${segment(eventId)}`;
      if (strings.transactions) await act(`${path}/${segment(txnId)}`, { method: "PUT", body: {} });
      else await act(path, { method: "POST", body: {} });
      sent.add(key);
    },

    async leave(room) {
      // As a state event, since `/leave` drops what it does not know. Synapse adds no profile to a leave, and keeps this content for
      // invites and knocks too, of servers that are away as well: then it writes the event alone (observed on 1.163.2).
      const content = { membership: "leave", ...deactivatedLeave };
      try {
        await act(`${client}/rooms/${segment(room)}/state/m.room.member/${segment(mxid)}`, { method: "PUT", body: content });
      } catch (error) {
        if (!(await isOut(error, room))) throw error;
      }
      // Deactivation forgets only rooms it leaves itself. Where nobody here remembers a room, the homeserver's own clean-up takes it.
      await act(`${client}/rooms/${segment(room)}/forget`, { method: "POST", body: {} }).catch((error: unknown) => {
        if (!(error instanceof HomeserverRefused)) throw error;
      });
    },

    async cancelDelayed() {
      const pending = await act(delayedEvents, {}).then(readDelayed, (error: unknown) => {
        // A homeserver that knows no delayed events has none.
        if (error instanceof HomeserverRefused && error.status === 404) return [];
        throw error;
      });
      let cancelled = 0;
      for (const id of pending) {
        try {
          await act(`${delayedEvents}/${segment(id)}`, { method: "POST", body: { action: "cancel" } });
          cancelled += 1;
        } catch (error) {
          // Sent or cancelled since the list was made.
          if (!(error instanceof HomeserverRefused) || error.status !== 404) throw error;
        }
      }
      return cancelled;
    },

    async close() {
      const last = held;
      held = null;
      if (last === null) return;
      await last.end();
      await strings.end();
    },
  };
}
