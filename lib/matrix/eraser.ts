import type { MediaId, Mxid, RoomId } from "./homeserver.ts";

/** What an account leaves with in a room: MSC3759 says that it is gone for good, under its name and its unstable one. */
export const deactivatedLeave = { "m.deactivated": true, "org.matrix.msc3759.deactivated": true } as const;

/** A redaction the homeserver carries out in the background (`/_synapse/admin/v1/user/{id}/redact`). */
export interface RedactionRun {
  readonly state: "running" | "complete" | "failed";
  /** Event id → the homeserver's words for why not. Words of others: never logged, never stored. */
  readonly failed: ReadonlyMap<string, string>;
}

/** Acts as the person, through a token that an administrator made and that ends by itself. */
export interface Puppet {
  /**
   * Any type of event, in rooms they are joined to: elsewhere Synapse refuses (403), and no other way leads to these. The same
   * `txnId` again redacts nothing twice through this puppet; another one knows nothing of it, so look at the event first.
   * A suspended person in a room older than version 11: HomeserverUnavailable (Synapse answers 500).
   */
  redact(room: RoomId, eventId: string, txnId: string): Promise<void>;
  /**
   * Leaves, rejects an invite or takes back a knock, and forgets the room; the event says `deactivatedLeave` and carries no name and
   * no picture. Where they are out already nothing is sent. Who left this way keeps their earlier membership events, names in
   * them: Synapse's erase empties those of rooms it leaves itself only. So redact joins before.
   */
  leave(room: RoomId): Promise<void>;
  /** Cancels what was to be sent later (MSC4140); how many. */
  cancelDelayed(): Promise<number>;
  /** Ends the token. */
  close(): Promise<void>;
}

/**
 * PORT: what the worker may do to an account, and how it reads back whether it was done. Adapter: eraser-synapse.ts
 * (accounts of the Matrix Authentication Service: eraser-mas.ts); twin: tests/fakes/eraser.ts; tests/contract/eraser.ts
 * holds for all. Every method may throw HomeserverUnavailable or HomeserverRefused; each may be repeated.
 */
export interface Eraser {
  /** Who owns the accounts here. */
  readonly authority: "synapse" | "mas";
  suspend(mxid: Mxid, suspended: boolean): Promise<void>;
  /**
   * Messages, encrypted messages and joins only; sent as the person, in rooms they left too. null: one is running for them already.
   * The limit counts the newest events of these types, redacted ones too, and those are redacted once more: never repeat it for a
   * room that has nothing unredacted. A room the homeserver does not know ends the run as failed, the rooms after it untouched.
   * A suspended person in a room older than version 11: every event among `failed`. So are outliers, whose state is gone (a purge of
   * history); through the puppet they can be redacted. History fetched back from other servers is redacted like the rest.
   */
  startRedaction(mxid: Mxid, rooms: readonly RoomId[], limitPerRoom: number): Promise<string | null>;
  /** null: the homeserver has forgotten it, or never knew it. */
  redaction(id: string): Promise<RedactionRun | null>;
  actAs(mxid: Mxid): Promise<Puppet>;
  joinedRooms(mxid: Mxid): Promise<readonly RoomId[]>;
  /** How many files, previews of links included. */
  mediaCount(mxid: Mxid): Promise<number>;
  /** Deletes up to a hundred; which. */
  deleteMedia(mxid: Mxid): Promise<readonly MediaId[]>;
  /** Takes every external id off the account. Addresses go with `deactivate`, which alone says what identity servers answered. */
  clearIdentities(mxid: Mxid): Promise<void>;
  /**
   * Deactivates with erase; rooms are left after the answer, and failures there are not reported: read back. `unbind`: what became of
   * addresses bound at an identity server. Such a server that refuses: HomeserverRefused 400, and nothing has happened.
   */
  deactivate(mxid: Mxid): Promise<{ readonly unbind: "success" | "no-support" | "not-told" }>;
  /** So that tokens an administrator made for the account are refused. */
  lock(mxid: Mxid): Promise<void>;
  /** Devices the account still has, each a session. */
  deviceCount(mxid: Mxid): Promise<number>;
  /** Removes a room that nobody here is in (else HomeserverRefused 409). Answers an id for `purge`; the same while it is at it. */
  startPurge(room: RoomId): Promise<string>;
  purge(id: string): Promise<"running" | "complete" | "failed" | null>;
}
