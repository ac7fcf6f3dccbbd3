import { z } from "zod";
import { HomeserverUnavailable, type Account, type AccountPage } from "./homeserver.ts";
import { parseMxid } from "./mxid.ts";

/** Shapes of what the homeserver answers; anything else counts as no answer. */
const flag = z.union([z.boolean(), z.number()]).nullish().transform(Boolean);

const threepid = z.object({ medium: z.string(), address: z.string(), validated_at: z.number().nullish(), added_at: z.number().nullish() });

const account = z.object({
  name: z.string(),
  displayname: z.string().nullish(),
  threepids: z.array(threepid).nullish(),
  suspended: flag,
  locked: flag,
  deactivated: flag,
  erased: flag,
  is_guest: flag,
  appservice_id: z.string().nullish(),
  admin: flag,
  /** Seconds, unlike every other time of the Admin API. */
  creation_ts: z.number(),
  consent_version: z.string().nullish(),
  /** Milliseconds. */
  consent_ts: z.number().nullish(),
});

const accountPage = z.object({
  users: z.array(z.object({ name: z.string(), deactivated: flag, is_guest: flag, user_type: z.string().nullish(), appservice_id: z.string().nullish() })),
  next_token: z.union([z.string(), z.number()]).nullish(),
});

const notice = z.object({ event_id: z.string().min(1) });
const whoami = z.object({ user_id: z.string() });
const version = z.object({ server_version: z.string() });
const userinfo = z.object({ sub: z.string() });

export function readAccount(answer: unknown): Account {
  const found = parse(account, answer);
  const mxid = parseMxid(found.name);
  if (mxid === null) throw unreadable();
  const mails = (found.threepids ?? [])
    .filter((entry) => entry.medium === "email" && entry.validated_at)
    .sort((a, b) => (a.added_at ?? 0) - (b.added_at ?? 0))
    .map((entry) => entry.address);
  return {
    mxid,
    displayName: found.displayname ?? null,
    mails,
    suspended: found.suspended,
    locked: found.locked,
    deactivated: found.deactivated,
    erased: found.erased,
    guest: found.is_guest,
    appserviceId: found.appservice_id ?? null,
    admin: found.admin,
    createdAt: new Date(found.creation_ts * 1000),
    consentVersion: found.consent_version ?? null,
    consentAt: typeof found.consent_ts === "number" ? new Date(found.consent_ts) : null,
  };
}

export function readAccountPage(answer: unknown): AccountPage {
  const { users, next_token: next } = parse(accountPage, answer);
  const accounts = users.flatMap(({ name, deactivated, is_guest: guest, user_type: type, appservice_id: service }) => {
    const mxid = parseMxid(name);
    return mxid === null ? [] : [{ mxid, reads: !deactivated && !guest && !type && !service }];
  });
  return { accounts, next: next === null || next === undefined ? null : String(next) };
}

/** The hidden field `v` of the consent form: whatever the page looks like, without it nobody could agree. */
export function readTermsVersion(page: string): string | null {
  const field = [...page.matchAll(/<input\b[^>]*>/gi)].map(([tag]) => tag).find((tag) => /\bname\s*=\s*["']?v["']?[\s/>]/i.test(tag));
  return /\bvalue\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(field ?? "")?.slice(1).find((value) => value !== undefined) ?? null;
}

export const readNotice = (answer: unknown) => ({ eventId: parse(notice, answer).event_id });
export const readWhoami = (answer: unknown) => parse(whoami, answer).user_id;
export const readVersion = (answer: unknown) => parse(version, answer).server_version;
export const readUserinfo = (answer: unknown) => parse(userinfo, answer).sub;

function parse<T>(schema: z.ZodType<T>, answer: unknown): T {
  const result = schema.safeParse(answer);
  if (!result.success) throw unreadable();
  return result.data;
}

const unreadable = () => new HomeserverUnavailable("the homeserver's answer has an unknown shape");
