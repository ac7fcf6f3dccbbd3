import type { ErasureOptions } from "./erasure-options.ts";
import type { Enquiry } from "#lib/db/generated/client.ts";
import type { KindId } from "#lib/kinds/kind.ts";
import type { RequestKind, RequestState } from "#lib/db/generated/enums.ts";

/** What `decide` looks at besides where the request is about an erasure. */
export interface ErasureFacts {
  readonly options: ErasureOptions;
  /** Why two operators must agree, and the first who did. */
  readonly risks: readonly string[];
  readonly agreedById: string | null;
  readonly confirmedAt: Date | null;
  /** Nothing irreversible before this instant; null until it is approved. */
  readonly notBefore: Date | null;
  readonly heldAt: Date | null;
  /** The clocks jumped: no grace ends before this instant (heartbeat.ts). */
  readonly restUntil: Date | null;
  /** A copy the person asked for and has not got: it is not erased from under them. */
  readonly copyPending: boolean;
  /** Last step that moved, and until when one waits on purpose. */
  readonly progressAt: Date | null;
  readonly waitsUntil: Date | null;
}

/** What moves the legal date (deadline.ts) and what an open question stops. */
export interface ClockFacts {
  readonly extendedAt: Date | null;
  /** A question is open since then; the clock stands still since then. */
  readonly askedAt: Date | null;
  readonly pausedAt: Date | null;
  /** Oldest first; the last is open while `askedAt` is set. */
  readonly enquiries: readonly (Pick<Enquiry, "id" | "about" | "pauses" | "restarts" | "askedAt" | "endedAt" | "ended">)[];
  /** A letter about the extension has gone out, by whatever channel. */
  readonly extensionTold: boolean;
}

/** All that `decide` looks at. Loaded by apply.ts. */
export interface RequestFacts {
  readonly id: string;
  readonly personId: string;
  readonly kind: RequestKind;
  readonly state: RequestState;
  readonly receivedAt: Date;
  readonly dueAt: Date;
  readonly wakeAt: Date | null;
  readonly frozenAt: Date | null;
  readonly clock: ClockFacts;
  /** The package is looked at before it is handed out. */
  readonly previewFirst: boolean;
  /** Packages whose bytes still lie in the storage, and how often they were fetched in all. */
  readonly packages: readonly string[];
  readonly downloads: number;
  readonly build: { readonly attempts: number; readonly leaseUntil: Date | null; readonly updatedAt: Date | null } | null;
  /** Kinds on approval that were asked for: a person decides on each. */
  readonly wishes: readonly KindId[];
  /** Of an erasure; null for everything else. */
  readonly erasure: ErasureFacts | null;
  /** The account has a verified mail address. */
  readonly hasMail: boolean;
}
