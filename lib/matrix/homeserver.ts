import type { Readable } from "node:stream";

declare const brand: unique symbol;
/** A full Matrix user ID, `@localpart:server_name`, compared byte for byte. */
export type Mxid = string & { readonly [brand]: "Mxid" };
export type RoomId = string & { readonly [brand]: "RoomId" };
export type MediaId = string & { readonly [brand]: "MediaId" };

/** What the Synapse Admin API says of one account (`GET /_synapse/admin/v2/users/{id}`). */
export interface Account {
  readonly mxid: Mxid;
  readonly displayName: string | null;
  /** Verified mail addresses, oldest first. */
  readonly mails: readonly string[];
  readonly suspended: boolean;
  readonly locked: boolean;
  readonly deactivated: boolean;
  readonly erased: boolean;
  readonly guest: boolean;
  readonly appserviceId: string | null;
  readonly admin: boolean;
  readonly createdAt: Date;
  /** The text of `user_consent` it last agreed to at the homeserver, and when; null: none. */
  readonly consentVersion: string | null;
  readonly consentAt: Date | null;
}

export interface AccountPage {
  /** `reads`: a person's account that can read a notice; not deactivated, no guest, no bridge's or bot's. */
  readonly accounts: readonly { readonly mxid: Mxid; readonly reads: boolean }[];
  /** null: that was the last page. A place in a list, no name. */
  readonly next: string | null;
}

/** A file as the homeserver serves it. `bytes` is null when the server did not say. */
export interface MediaFile {
  readonly content: Readable;
  readonly bytes: number | null;
}

/** The homeserver did not answer, answered 429 or 5xx, or broke off. Trying later may help. */
export class HomeserverUnavailable extends Error {
  readonly afterSeconds: number | null;
  constructor(message: string, options: { afterSeconds?: number | null; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = "HomeserverUnavailable";
    this.afterSeconds = options.afterSeconds ?? null;
  }
}

/** The homeserver said no (4xx other than 404 and 429). `errcode` is the Matrix code, or "UNKNOWN". */
export class HomeserverRefused extends Error {
  readonly status: number;
  readonly errcode: string;
  constructor(status: number, errcode: string) {
    super(`homeserver refused: ${status} ${errcode}`);
    this.name = "HomeserverRefused";
    this.status = status;
    this.errcode = errcode;
  }
}

/**
 * PORT: the homeserver as the worker needs it. Adapter: synapse.ts; twin: tests/fakes/homeserver.ts.
 * Every method may throw HomeserverUnavailable or HomeserverRefused.
 */
export interface Homeserver {
  /** null when the homeserver knows no such account. */
  account(mxid: Mxid): Promise<Account | null>;
  /** A server notice to all devices of the person. The same `txnId` again sends nothing and answers the same event id. */
  sendNotice(mxid: Mxid, txnId: string, body: { text: string; html: string }): Promise<{ eventId: string }>;
  /**
   * Agrees to a version of the homeserver's text in somebody's name, by its own consent form. It overwrites what it knew,
   * and does not look whether there is such a version.
   * @param proof `h` of the form for this full Matrix ID (lib/consent/link.ts)
   */
  acceptTerms(mxid: Mxid, version: string, proof: string): Promise<void>;
  /**
   * The version its consent form asks for now, read from the form itself; null when the page names none.
   * @param sign `h` for the Matrix ID we are to it
   * @throws HomeserverRefused 404 where it has no form, 403 for a wrong `h`
   */
  termsVersion(sign: (mxid: Mxid) => string): Promise<string | null>;
  /** A page of the local accounts, in an order in which new ones come last. `from` is the last page's `next`; null begins. */
  listAccounts(from: string | null): Promise<AccountPage>;
  /** null when the file is not there (deleted, or lost from the store). */
  openMedia(mediaId: MediaId): Promise<MediaFile | null>;
  /** Server name and version as the homeserver gives them, for `portal check`. */
  identify(): Promise<{ serverName: string; version: string; admin: boolean }>;
}
