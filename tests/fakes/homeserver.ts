import { Readable } from "node:stream";
import { signLink } from "#lib/consent/link.ts";
import { HomeserverRefused, HomeserverUnavailable, type Account, type Homeserver, type MediaId, type Mxid } from "#lib/matrix/homeserver.ts";

type Method = keyof Homeserver;

/** What goes wrong at the next call of `on` (any method when left out). With `after` the effect happens and only the answer is lost. */
export interface Fault {
  readonly on?: Method;
  readonly error: Error;
  readonly after?: boolean;
}

export interface Notice {
  readonly mxid: Mxid;
  readonly txnId: string;
  readonly eventId: string;
  readonly text: string;
  readonly html: string;
}

export interface FakeHomeserver extends Homeserver {
  /** Notices that reached a person, in order. */
  readonly notices: readonly Notice[];
  /** Every call, by method name. */
  readonly calls: readonly Method[];
  /** Every account as it stands, without a call. */
  readonly accounts: ReadonlyMap<string, Account>;
  addAccount(mxid: string, account?: Partial<Account>): Mxid;
  removeAccount(mxid: string): void;
  addMedia(mediaId: string, content: Uint8Array): MediaId;
  /** Faults to come, one a call, in this order. */
  fault(...faults: readonly Fault[]): void;
  /** Every call fails so until told null. */
  down(error: Error | null): void;
}

/** The twin's form_secret. */
export const fakeFormSecret = "the form_secret of the twin";

export const fakeTermsVersion = "1.0";
/** Small, so that a few accounts make several pages. */
export const fakePageSize = 3;

export const unavailable = (afterSeconds: number | null = null) => new HomeserverUnavailable("scripted", { afterSeconds });

/** In-memory twin of lib/matrix/synapse.ts; the contract in tests/contract/homeserver.ts holds for both. */
export function fakeHomeserver(serverName = "test.example"): FakeHomeserver {
  const accounts = new Map<string, Account>();
  const media = new Map<string, Uint8Array>();
  const notices: Notice[] = [];
  const calls: Method[] = [];
  const faults: Fault[] = [];
  let always: Error | null = null;

  async function call<T>(method: Method, effect: () => T): Promise<T> {
    calls.push(method);
    await Promise.resolve();
    if (always) throw always;
    const at = faults.findIndex((fault) => fault.on === undefined || fault.on === method);
    const fault = at === -1 ? undefined : faults.splice(at, 1)[0];
    if (fault && !fault.after) throw fault.error;
    const result = effect();
    if (fault) throw fault.error;
    return result;
  }

  return {
    notices,
    calls,
    accounts,
    addAccount(mxid, account = {}) {
      accounts.set(mxid, { ...blank, createdAt: new Date(0), ...account, mxid: mxid as Mxid });
      return mxid as Mxid;
    },
    removeAccount: (mxid) => void accounts.delete(mxid),
    addMedia(mediaId, content) {
      media.set(mediaId, content);
      return mediaId as MediaId;
    },
    fault: (...more) => void faults.push(...more),
    down: (error) => void (always = error),

    account: (mxid) => call("account", () => accounts.get(mxid) ?? null),
    sendNotice: (mxid, txnId, body) =>
      call("sendNotice", () => {
        const earlier = notices.find((notice) => notice.txnId === txnId);
        if (earlier) return { eventId: earlier.eventId };
        if (!mxid.endsWith(`:${serverName}`)) throw new HomeserverRefused(400, "M_UNKNOWN");
        if (!accounts.has(mxid)) throw new HomeserverRefused(404, "M_NOT_FOUND");
        const eventId = `$notice${notices.length}`;
        notices.push({ mxid, txnId, eventId, ...body });
        return { eventId };
      }),
    acceptTerms: (mxid, version, proof) =>
      call("acceptTerms", () => {
        const account = accounts.get(mxid);
        if (proof !== signLink(fakeFormSecret, mxid)) throw new HomeserverRefused(403, "UNKNOWN");
        if (!account) throw new HomeserverRefused(404, "UNKNOWN");
        accounts.set(mxid, { ...account, consentVersion: version, consentAt: new Date() });
      }),
    termsVersion: (sign) =>
      call("termsVersion", () => {
        if (sign(`@admin:${serverName}` as Mxid) !== signLink(fakeFormSecret, `@admin:${serverName}`)) throw new HomeserverRefused(403, "UNKNOWN");
        return fakeTermsVersion;
      }),
    listAccounts: (from) =>
      call("listAccounts", () => {
        const start = Number(from ?? 0);
        const all = [...accounts.values()].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
        const page = all.slice(start, start + fakePageSize).map(({ mxid, deactivated, guest, appserviceId }) => ({ mxid, reads: !deactivated && !guest && appserviceId === null }));
        return { accounts: page, next: start + fakePageSize < all.length ? String(start + fakePageSize) : null };
      }),
    openMedia: (mediaId) =>
      call("openMedia", () => {
        const content = media.get(mediaId);
        return content ? { content: Readable.from([content]), bytes: content.length } : null;
      }),
    identify: () => call("identify", () => ({ serverName, version: "fake", admin: true })),
  };
}

const blank: Omit<Account, "mxid" | "createdAt"> = {
  displayName: null,
  mails: [],
  suspended: false,
  locked: false,
  deactivated: false,
  erased: false,
  guest: false,
  appserviceId: null,
  admin: false,
  consentVersion: null,
  consentAt: null,
};
