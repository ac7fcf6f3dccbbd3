import { parsed, text } from "../json.ts";
import { type Locked, openMessage } from "./open-message.ts";
import type { Ratchet } from "./ratchet.ts";
import { readSession, type Session } from "./session.ts";

export const megolm = "m.megolm.v1.aes-sha2";

/** Keys somebody brought along. They live in this object and nowhere else: forgetting it forgets them. */
export interface Keyring {
  readonly sessions: number;
  /** The decrypted payload (JSON), for a `content` of `m.room.encrypted`. */
  open(roomId: string, content: unknown): { readonly plaintext: string } | { readonly locked: Locked };
}

interface Held {
  readonly session: Session;
  last: Ratchet;
}

/** @param json what a key file holds: a list of sessions. Entries that make no sense are left out. */
export function makeKeyring(json: string): Keyring {
  const list = parsed(json);
  const held = new Map<string, Held>();
  for (const entry of Array.isArray(list) ? (list as unknown[]) : []) {
    const [room, id, key] = [text(entry, "room_id"), text(entry, "session_id"), text(entry, "session_key")];
    if (room === null || id === null || key === null || text(entry, "algorithm") !== megolm) continue;
    const session = readSession(id, key);
    if (!session) continue;
    const known = held.get(`${room}\n${id}`);
    // Twice in the file: the one that reaches further back reads more.
    if (!known || session.first.index < known.session.first.index) held.set(`${room}\n${id}`, { session, last: session.first });
  }
  return {
    sessions: held.size,
    open(roomId, content) {
      if (text(content, "algorithm") !== megolm) return { locked: "unknown_method" };
      const ciphertext = text(content, "ciphertext");
      if (ciphertext === null) return { locked: "damaged" };
      const found = held.get(`${roomId}\n${text(content, "session_id") ?? ""}`);
      if (!found) return { locked: "no_key" };
      const opened = openMessage(found.session, ciphertext, found.last);
      if ("locked" in opened) return opened;
      found.last = opened.ratchet;
      // The payload names its room: a message carried over from another room is not shown as said in this one.
      return text(parsed(opened.plaintext), "room_id") === roomId ? { plaintext: opened.plaintext } : { locked: "damaged" };
    },
  };
}
