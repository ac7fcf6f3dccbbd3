import type { Mxid, RoomId } from "#lib/matrix/homeserver.ts";
import type { Memory } from "./memory.ts";
import type { Residue } from "./residue.ts";

/** What of a person's own events in one room is not redacted yet. */
export interface RoomLeft {
  readonly room: RoomId;
  readonly version: string | null;
  /** Of the types the homeserver redacts by itself (messages, encrypted messages, joins). */
  readonly swept: number;
  /** Of all other types that are redacted at all (redactable.ts). */
  readonly others: number;
  /** Of the types that keep a room working: never redacted. */
  readonly kept: number;
  /** Refused by the homeserver when they came: it shows them to nobody and redacts none. */
  readonly rejected: number;
  /** Of the `swept` and `others`, older than the homeserver lets anybody redact. */
  readonly tooOld: number;
  /** All own events of the types the homeserver redacts by itself, redacted or not: what a limit must exceed. */
  readonly total: number;
}

export interface OwnEvent {
  readonly id: string;
  readonly room: RoomId;
}

/** What the run looks at, besides what the homeserver's own API answers. Reads only; each look is of one moment. */
export interface Eyes {
  memory(mxid: Mxid): Promise<Memory>;
  /** Rooms with anything left. `since`: messages older than this instant (ms) count as too old; null: no limit. */
  left(mxid: Mxid, since: number | null): Promise<readonly RoomLeft[]>;
  /** Own events in these rooms that are not redacted and could be, after `after`; by id. `names`: membership only. `since` as above. */
  leftIn(mxid: Mxid, rooms: readonly RoomId[], page: { after: string; size: number; names: boolean; since: number | null }): Promise<readonly OwnEvent[]>;
  /** Invites that wait for an answer, and knocks. */
  pending(mxid: Mxid): Promise<readonly RoomId[]>;
  /** Of these rooms, those the homeserver still holds and nobody else of it is in, is invited to or remembers. */
  deserted(mxid: Mxid, rooms: readonly RoomId[]): Promise<readonly RoomId[]>;
  /** `redacted`: they chose it. `known`: events that are not redacted for a reason that stands in the facts of the step. */
  residue(memory: Memory, messages: { readonly redacted: boolean; readonly known: number }): Promise<Residue>;
}
