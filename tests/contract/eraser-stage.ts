import type { Eraser } from "#lib/matrix/eraser.ts";
import type { Account, Mxid, RoomId } from "#lib/matrix/homeserver.ts";

/** A homeserver and hands on it, past the port under test. Somebody else owns every room and sees what happens in it. */
export interface EraserStage {
  readonly eraser: Eraser;
  /** A new account with two devices; `@nobody` stays free. */
  person(localpart: string): Promise<Mxid>;
  readonly nobody: Mxid;
  account(mxid: Mxid): Promise<Account | null>;
  /** Anybody may join, nobody is in it yet but its owner. */
  room(version?: string): Promise<RoomId>;
  knockRoom(): Promise<RoomId>;
  join(mxid: Mxid, room: RoomId): Promise<void>;
  leave(mxid: Mxid, room: RoomId): Promise<void>;
  knock(mxid: Mxid, room: RoomId): Promise<void>;
  /** By the room's owner. */
  invite(mxid: Mxid, room: RoomId): Promise<void>;
  ban(mxid: Mxid, room: RoomId): Promise<void>;
  ownerLeaves(room: RoomId): Promise<void>;
  say(mxid: Mxid, room: RoomId, type?: string): Promise<string>;
  /** The person's join event in the room. */
  joinEvent(mxid: Mxid, room: RoomId): Promise<string>;
  /** How many redactions point at the event. */
  redactionsOf(eventId: string): Promise<number>;
  /** Content of the newest membership event about them. */
  membership(mxid: Mxid, room: RoomId): Promise<Record<string, unknown>>;
  membershipEvents(mxid: Mxid, room: RoomId): Promise<number>;
  addMedia(mxid: Mxid, files: number): Promise<void>;
  addDelayed(mxid: Mxid, room: RoomId, events: number): Promise<void>;
  addExternalId(mxid: Mxid): Promise<void>;
  externalIds(mxid: Mxid): Promise<number>;
  knows(room: RoomId): Promise<boolean>;
  shadowBan(mxid: Mxid): Promise<void>;
  /** They may send an event a minute, as the homeserver's operator would have it. */
  slow(mxid: Mxid): Promise<void>;
  /** Limits of their own that the homeserver keeps for them. */
  limits(mxid: Mxid): Promise<number>;
  /** An address of theirs is bound at an identity server that nobody can reach, or no more. */
  bindAtDeadServer(mxid: Mxid, bound: boolean): Promise<void>;
  /** Looks again until it answers something truthy. */
  until<T>(look: () => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}
