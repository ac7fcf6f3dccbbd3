/** A small homeserver's worth of events, as rows will hold it; nothing in it is decided by the portal's code. */
export interface World {
  /** Whose package is made. */
  readonly subject: string;
  readonly people: readonly string[];
  readonly rooms: readonly string[];
  readonly events: readonly WorldEvent[];
  readonly redactions: readonly Redaction[];
  readonly bans: readonly BanRedaction[];
  readonly days: { readonly from: string | null; readonly to: string | null };
}

export type Rejected = "no" | "column" | "table" | "both";

export interface WorldEvent {
  readonly id: string;
  readonly room: string;
  readonly type: string;
  readonly sender: string;
  readonly stateKey: string | null;
  /** Who the membership is about; null for other events. */
  readonly member: string | null;
  readonly membership: string | null;
  /** Old rows have no state key in `events`, rejected ones no row in `room_memberships`. */
  readonly hasStateKey: boolean;
  readonly hasRow: boolean;
  readonly ordering: number;
  readonly outlier: boolean;
  readonly rejected: Rejected;
  readonly metadata: string;
  readonly sentAt: string | null;
  /** The bytes in the database, and what of them the subject may have when they sent it. */
  readonly stored: string;
  readonly kept: string;
  /** Stands in the content; `own` marks end up in the subject's package and nowhere else. */
  readonly mark: string;
}

/** A row of `redactions`; `by` is the act's id, which may be of no event. */
export interface Redaction {
  readonly by: string;
  readonly target: string;
  readonly recheck: boolean;
  readonly censored: boolean;
  readonly receivedAt: number | null;
}

/** MSC4293. */
export interface BanRedaction {
  readonly room: string;
  readonly user: string;
  readonly by: string;
  readonly end: number | null;
}

/** A marker nothing else in a package can hold: found by /CANARY[a-z]\d+x/. */
export const markOf = (of: "event" | "device" | "foreign" | "name" | "person" | "room", number: number): string => `CANARY${of.slice(0, 1)}${number}x`;
export const marks = /CANARY[a-z]\d+x/g;
