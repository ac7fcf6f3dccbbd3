import type { Risk } from "#lib/requests/risks.ts";

/** A room the person is or was in, as the plan names it. */
export interface PlannedRoom {
  readonly id: string;
  readonly name: string | null;
  readonly version: string | null;
  readonly membership: string;
  /** The person's own events in it that are not redacted yet; of them, fetched from other servers. */
  readonly events: number;
  readonly backfilled: number;
}

/** A room that would be left without anybody who can manage it. `joined`: people in it besides the person. */
export interface OrphanedRoom {
  readonly id: string;
  readonly name: string | null;
  readonly joined: number;
}

/**
 * What an erasure would do, in this person's numbers (Art. 12(1), 13(2)(b), 17). Made before anybody decides; its hash
 * stands in the certificate. Counts are of the moment `madeAt`; bytes are bytes.
 */
export interface Plan {
  readonly format: { readonly name: "matrix-privacy-portal-plan"; readonly version: 1 };
  readonly madeAt: string;
  readonly mxid: string;
  /** Seconds, as Synapse keeps it: tells the account from a later one of the same name. */
  readonly accountCreatedAt: number;
  readonly homeserver: string;
  readonly rooms: readonly PlannedRoom[];
  readonly directChats: number;
  /** By event type, not redacted yet. */
  readonly events: Readonly<Record<string, number>>;
  readonly media: { readonly files: number; readonly bytes: number };
  readonly devices: number;
  readonly addresses: number;
  readonly externalIds: number;
  readonly delayedEvents: number;
  readonly lastAdminOf: readonly OrphanedRoom[];
  /** Who holds copies: other homeservers in the rooms, application services (their bots and puppets in the rooms), identity servers. */
  readonly copies: { readonly homeservers: readonly string[]; readonly appservices: readonly string[]; readonly identityServers: readonly string[] };
  /** Why two operators must agree. */
  readonly risks: readonly Risk[];
  /** Rooms older than version 11, where a suspended person cannot redact. */
  readonly oldRooms: number;
  /** Own messages older than the homeserver lets anybody redact; null where it sets no limit. */
  readonly tooOldToRedact: number | null;
  /** What stays, why: keys under erasure.stays.* of the catalogue, each with the legal ground. */
  readonly stays: readonly { readonly code: string; readonly law: string }[];
}
